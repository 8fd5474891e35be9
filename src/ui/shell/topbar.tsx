import Menu from "lucide-react/icons/menu";
import Search from "lucide-react/icons/search";
import X from "lucide-react/icons/x";
import { Brand } from "#ui/shell/brand.tsx";
import { CurrentPlace } from "#ui/shell/current-place.tsx";
import { FindButton } from "#ui/shell/find-button.tsx";
import { FrameFooter } from "#ui/shell/frame-footer.tsx";
import { MenuSheet } from "#ui/shell/menu-sheet.tsx";
import { Navigation } from "#ui/shell/navigation.tsx";
import { PaletteButton } from "#ui/shell/palette-button.tsx";
import { flattenPlaces } from "#ui/shell/routes.ts";
import type { FrameFacts } from "#ui/shell/frame-facts.ts";

export function Topbar({ theme, version, navigation, home, area, shortcut, account }: FrameFacts) {
  return (
    <header className="sticky top-0 z-10 flex h-14 items-center gap-1 border-b bg-bg px-2 md:hidden print:hidden">
      <MenuSheet openIcon={<Menu />} closeIcon={<X />} brand={<Brand home={home} area={area} />}>
        {shortcut !== undefined && <FindButton shortcut={shortcut} />}
        <Navigation groups={navigation} />
        <div className="mt-auto grid gap-3">
          {account}
          <FrameFooter theme={theme} version={version} />
        </div>
      </MenuSheet>
      <Brand home={home} area={area}>
        <CurrentPlace places={flattenPlaces(navigation).map(({ href, label }) => ({ href, label }))} />
      </Brand>
      {shortcut !== undefined && (
        <PaletteButton aria-label="Find or ask" className="ml-auto grid size-11 place-items-center rounded [&_.lucide]:size-5">
          <Search />
        </PaletteButton>
      )}
    </header>
  );
}
