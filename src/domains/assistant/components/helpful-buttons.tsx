import ThumbsDown from "lucide-react/icons/thumbs-down";
import ThumbsUp from "lucide-react/icons/thumbs-up";
import { IconButton } from "#ui/icon-button.tsx";

interface HelpfulButtonsProps {
  helpful: boolean | undefined;
  onRate: (helpful: boolean) => void;
}

export function HelpfulButtons({ helpful, onRate }: HelpfulButtonsProps) {
  return (
    <>
      <IconButton label="Helpful" aria-pressed={helpful === true} onClick={() => onRate(true)}>
        <ThumbsUp />
      </IconButton>
      <IconButton label="Not helpful" aria-pressed={helpful === false} onClick={() => onRate(false)}>
        <ThumbsDown />
      </IconButton>
    </>
  );
}
