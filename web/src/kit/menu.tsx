import { DropdownMenu as Primitive } from 'radix-ui';
import type { ReactNode } from 'react';

export interface MenuItem {
  readonly key: string;
  readonly label: ReactNode;
  readonly onSelect?: () => void;
  readonly href?: string;
  readonly checked?: boolean;
}

/** @param trigger a button */
export const Menu = ({
  trigger,
  items,
  label,
}: {
  readonly trigger: ReactNode;
  readonly items: readonly MenuItem[];
  readonly label?: string;
}) => (
  <Primitive.Root modal={false}>
    <Primitive.Trigger asChild>{trigger}</Primitive.Trigger>
    <Primitive.Portal>
      <Primitive.Content className="menu" align="end" sideOffset={4} aria-label={label}>
        {items.map(({ key, label: words, onSelect, href, checked }) =>
          href !== undefined ? (
            <Primitive.Item key={key} className="menu-item" asChild>
              <a href={href} download>
                {words}
              </a>
            </Primitive.Item>
          ) : checked !== undefined ? (
            <Primitive.CheckboxItem
              key={key}
              className="menu-item"
              checked={checked}
              {...(onSelect ? { onSelect } : {})}
            >
              {words}
              <Primitive.ItemIndicator className="menu-check">✓</Primitive.ItemIndicator>
            </Primitive.CheckboxItem>
          ) : (
            <Primitive.Item key={key} className="menu-item" {...(onSelect ? { onSelect } : {})}>
              {words}
            </Primitive.Item>
          ),
        )}
      </Primitive.Content>
    </Primitive.Portal>
  </Primitive.Root>
);
