import type { ComponentType } from "react";
import Activity from "lucide-react/icons/activity";
import BookOpen from "lucide-react/icons/book-open";
import LayoutDashboard from "lucide-react/icons/layout-dashboard";
import MessageCircleQuestionMark from "lucide-react/icons/message-circle-question-mark";

/** A place of a frame's navigation. */
export interface Place {
  id: string;
  href: string;
  label: string;
  icon: ComponentType;
}

export interface Route extends Place {
  /** Routes of one group stand together in the navigation. */
  group: "grid" | "answers" | "about";
  /** Help entry of the page. */
  helpId: string;
  /** Words that find the page in the palette, besides its label. */
  keywords: string[];
}

/** Every place of the interface: navigation, palette, breadcrumbs and page titles are made from this list. */
export const routes = {
  overview: {
    id: "overview",
    href: "/",
    label: "Overview",
    icon: LayoutDashboard,
    group: "grid",
    helpId: "overview",
    keywords: ["home", "start", "dashboard"],
  },
  ask: {
    id: "ask",
    href: "/ask",
    label: "Ask",
    icon: MessageCircleQuestionMark,
    group: "answers",
    helpId: "ask",
    keywords: ["question", "answer", "assistant", "search"],
  },
  help: {
    id: "help",
    href: "/help",
    label: "Help",
    icon: BookOpen,
    group: "about",
    helpId: "help-feedback",
    keywords: ["documentation", "glossary", "terms", "guide"],
  },
  status: {
    id: "status",
    href: "/status",
    label: "System status",
    icon: Activity,
    group: "about",
    helpId: "system-status",
    keywords: ["health", "system", "uptime", "database"],
  },
} as const satisfies Record<string, Route>;

export const routeGroups: Route[][] = Object.values(Object.groupBy<Route["group"], Route>(Object.values(routes), (route) => route.group));
