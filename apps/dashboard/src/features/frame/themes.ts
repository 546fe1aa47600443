import { Contrast, Monitor, Moon, Sun } from 'lucide-react';

/** The themes that can be chosen; each but `system` is a class of the document (globals.css). */
export const themeChoices = [
  { value: 'light', icon: Sun },
  { value: 'dark', icon: Moon },
  { value: 'contrast', icon: Contrast },
  { value: 'system', icon: Monitor },
] as const;
