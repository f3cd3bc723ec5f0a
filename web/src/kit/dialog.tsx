import { Dialog as Primitive } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { Close } from './icons.tsx';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** One sentence under the title. */
  readonly about?: ReactNode;
  readonly children: ReactNode;
  /** At the side, over the list it was opened from. */
  readonly drawer?: boolean;
}

export const Dialog = ({ open, onClose, title, about, children, drawer = false }: Props) => {
  const text = useText(common);
  // Radix gives the focus back to a trigger, and these have none: it goes back to where it was.
  const from = useRef<Element | null>(null);
  const was = useRef(false);
  if (open && !was.current) from.current = document.activeElement;
  was.current = open;
  return (
    <Primitive.Root open={open} onOpenChange={(now) => !now && onClose()}>
      <Primitive.Portal>
        <Primitive.Overlay className="overlay" />
        <Primitive.Content
          className={drawer ? 'dialog drawer' : 'dialog'}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (from.current instanceof HTMLElement) from.current.focus();
          }}
          onEscapeKeyDown={(event) => {
            // A list that is open in it closes first.
            if (document.activeElement?.hasAttribute('data-list-open')) event.preventDefault();
          }}
          {...(about === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <div className="dialog-head">
            <Primitive.Title>{title}</Primitive.Title>
            <Primitive.Close className="button quiet square" aria-label={text.close}>
              <Close />
            </Primitive.Close>
          </div>
          {about !== undefined && <Primitive.Description className="muted">{about}</Primitive.Description>}
          {children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
};
