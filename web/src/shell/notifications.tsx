import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../api/client.ts';
import { moment } from '../format.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Mine } from '../kit/icons.tsx';
import { Await, Empty } from '../kit/states.tsx';
import { useChange } from '../kit/use-change.ts';
import { useText } from '../text/index.ts';
import { shellText } from './text.ts';

interface Notice {
  readonly id: string;
  /** Null: it tells of a round in which units confirm their figures. */
  readonly taskId: string | null;
  readonly taskCode: string | null;
  readonly confirmation: string | null;
  readonly line: string;
  readonly createdAt: string;
  readonly readAt: string | null;
}
interface Inbox {
  readonly items: readonly Notice[];
  readonly unread: number;
}

export const Notifications = () => {
  const text = useText(shellText);
  const [open, setOpen] = useState(false);
  const inbox = useQuery({
    queryKey: ['notifications'],
    queryFn: ({ signal }) => read<Inbox>('/notifications', { limit: 50 }, signal),
  });
  const readAll = useChange({ touches: [['notifications']] });
  const unread = inbox.data?.unread ?? 0;
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)} aria-label={`${text.notifications}: ${unread}`}>
        <Mine />
        {unread > 0 && <span className="tag">{unread}</span>}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={text.notifications} drawer>
        {unread > 0 && (
          <Button
            onClick={() => readAll.mutate({ path: '/notifications/read', body: { upTo: inbox.data?.items[0]?.id } })}
          >
            {text.markRead}
          </Button>
        )}
        <Await query={inbox}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{text.noNotifications}</Empty>
            ) : (
              <ul role="list" className="stack">
                {items.map((notice) => (
                  <li key={notice.id} className="card">
                    <p>
                      {notice.readAt === null && <span className="tag">{text.unread}</span>} {notice.line}
                    </p>
                    <p className="small muted">{moment(notice.createdAt)}</p>
                    <Opens notice={notice} onOpen={() => setOpen(false)} />
                  </li>
                ))}
              </ul>
            )
          }
        </Await>
      </Dialog>
    </>
  );
};

const Opens = ({ notice, onOpen }: { readonly notice: Notice; readonly onOpen: () => void }) => {
  const text = useText(shellText);
  if (notice.confirmation !== null)
    return (
      <Link to="/confirm" search={{ round: notice.confirmation }} onClick={onOpen}>
        {text.pages.confirm}
      </Link>
    );
  return notice.taskId === null ? null : (
    <Link to="/tasks/$id" params={{ id: notice.taskId }} onClick={onOpen}>
      {notice.taskCode}
    </Link>
  );
};
