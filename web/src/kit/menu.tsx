// A menu under a button. Its part comes when somebody is about to open one, so that no page carries what places it.

import { Slot } from 'radix-ui';
import { type ComponentType, type KeyboardEvent, type ReactNode, useState } from 'react';
import { NoConnection, sentenceOf } from '../api/problem.ts';
import { useSettings } from '../settings.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { toast } from './toast.tsx';

export interface MenuItem {
  readonly key: string;
  readonly label: ReactNode;
  readonly onSelect?: () => void;
  readonly href?: string;
  readonly checked?: boolean;
}

export interface MenuProps {
  /** A button. */
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly label?: string;
}

const load = (): Promise<ComponentType<MenuProps>> => import('./opened-menu.tsx').then((all) => all.OpenedMenu);

export const Menu = (props: MenuProps) => {
  const [Opened, setOpened] = useState<ComponentType<MenuProps>>();
  const words = useText(common);
  const { language } = useSettings();
  if (Opened) return <Opened {...props} />;
  const soon = () => void load().catch(() => undefined);
  const open = () =>
    void load().then(
      (part) => setOpened(() => part),
      () => toast({ text: sentenceOf(new NoConnection(), language, words), kind: 'failed' }),
    );
  return (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={soon}
      onFocus={soon}
      onClick={open}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        open();
      }}
    >
      {props.trigger}
    </Slot.Root>
  );
};
