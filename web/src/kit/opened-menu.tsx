import { DropdownMenu as Primitive } from 'radix-ui';
import type { MenuProps } from './menu.tsx';

/** Open when it comes: somebody asked for it. */
export const OpenedMenu = ({ trigger, items, label }: MenuProps) => (
  <Primitive.Root modal={false} defaultOpen>
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
