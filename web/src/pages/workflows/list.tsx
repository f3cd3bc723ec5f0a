// All workflows, each version with its state of life; new ones begin from a template.

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { read } from '../../api/client.ts';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { type Version, type VersionSummary, versionPath, workflowsQuery } from '../../api/workflows.ts';
import { moment } from '../../format.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useDraft } from '../../kit/drafts.ts';
import { Field } from '../../kit/field.tsx';
import { Await, Empty } from '../../kit/states.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';
import { workflowsText } from './text.ts';

export const List = () => {
  const text = useText(workflowsText);
  const named = useNamed();
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const workflows = useQuery(workflowsQuery);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{text.title}</h1>
          <p>{text.about}</p>
        </div>
        {may(me, 'definition.write') && (
          <Button look="primary" onClick={() => setAsking(true)}>
            {text.newWorkflow}
          </Button>
        )}
      </div>
      <Await query={workflows}>
        {(all) => (
          <>
            {all.length === 0 && <Empty>{text.noDrafts}</Empty>}
            <div className="workflow-list">
              {[...new Set(all.map(({ key }) => key))].map((key) => {
                const versions = all.filter((one) => one.key === key);
                const [newest] = versions;
                return newest ? (
                  <section key={key} className="card stack" aria-labelledby={`workflow-${key}`}>
                    <h2 id={`workflow-${key}`}>
                      {named((inForce(versions) ?? newest).name)} <code className="muted">{key}</code>
                    </h2>
                    <VersionList versions={versions} />
                  </section>
                ) : null;
              })}
            </div>
            {asking && <FromTemplate workflows={all} onClose={() => setAsking(false)} />}
          </>
        )}
      </Await>
    </>
  );
};

export const inForce = (versions: readonly VersionSummary[]): VersionSummary | undefined =>
  versions.find(({ status }) => status === 'published');

const VersionList = ({ versions }: { readonly versions: readonly VersionSummary[] }) => {
  const text = useText(workflowsText);
  return (
    <ul role="list" className="versions">
      {versions.map(({ key, version, status, createdAt, publishedAt, retiredAt }) => {
        const at = status === 'draft' ? createdAt : status === 'published' ? publishedAt : retiredAt;
        return (
          <li key={version}>
            <Link to="/workflows" search={{ key, version: String(version) } as never}>
              {text.version(String(version))}
            </Link>
            <StatusTag status={status} old={status === 'published' && inForce(versions)?.version !== version} />
            {at !== null && <span className="small muted">{`${text.statusOf[status]} ${moment(at)}`}</span>}
          </li>
        );
      })}
    </ul>
  );
};

export const StatusTag = ({
  status,
  old = false,
}: {
  readonly status: VersionSummary['status'];
  readonly old?: boolean;
}) => {
  const text = useText(workflowsText);
  return <span className={`tag status-${old ? 'old' : status}`}>{old ? text.older : text.status[status]}</span>;
};

const keyPattern = /^[a-z][a-z0-9_-]{0,63}$/;

const FromTemplate = ({
  workflows,
  onClose,
}: {
  readonly workflows: readonly VersionSummary[];
  readonly onClose: () => void;
}) => {
  const text = useText(workflowsText);
  const words = useText(common);
  const named = useNamed();
  const navigate = useNavigate();
  const published = workflows.filter(({ status }) => status === 'published');
  const templates = published.filter(({ key }, index) => published.findIndex((one) => one.key === key) === index);
  const usual = templates.find(({ key }) => key === 'commitment') ?? templates[0];
  const { value, change, forget } = useDraft('workflow/new', { template: usual?.key ?? '', key: '', vi: '', en: '' });
  const [asked, setAsked] = useState(false);
  const create = useChange<{ readonly definition: { readonly key: string; readonly version: number } }>({
    touches: [['workflows']],
    said: text.created,
    onDone: ({ body: { definition } }) => {
      forget();
      onClose();
      void navigate({
        to: '/workflows',
        search: { key: definition.key, version: String(definition.version), tab: 'edit' } as never,
      });
    },
  });
  const [reading, setReading] = useState(false);
  const keyError = keyPattern.test(value.key) ? undefined : text.keyWrong;
  const given = (name: string) => (asked && name.trim() === '' ? words.required : undefined);
  const submit = async () => {
    setAsked(true);
    const template = templates.find(({ key }) => key === value.template) ?? usual;
    if (keyError !== undefined || value.vi.trim() === '' || value.en.trim() === '' || !template) return;
    setReading(true);
    const { definition } = await read<Version>(versionPath(template.key, template.version)).finally(() =>
      setReading(false),
    );
    const { version: _, ...rest } = definition;
    create.mutate({
      path: '/workflows',
      body: { ...rest, key: value.key, name: { vi: value.vi.trim(), en: value.en.trim() } },
    });
  };
  return (
    <Dialog open onClose={onClose} title={text.newWorkflow} about={text.newAbout}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Field label={text.template}>
          {(field) => (
            <select {...field} value={value.template} onChange={(event) => change({ template: event.target.value })}>
              {templates.map(({ key, name }) => (
                <option key={key} value={key}>
                  {named(name)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={text.nameVi} required error={given(value.vi)}>
          {(field) => (
            <input
              {...field}
              className="input"
              maxLength={200}
              value={value.vi}
              onChange={(event) => change({ vi: event.target.value })}
            />
          )}
        </Field>
        <Field label={text.nameEn} required error={given(value.en)}>
          {(field) => (
            <input
              {...field}
              className="input"
              maxLength={200}
              value={value.en}
              onChange={(event) => change({ en: event.target.value })}
            />
          )}
        </Field>
        <Field label={text.key} required hint={text.keyHint} error={asked ? keyError : undefined}>
          {(field) => (
            <input
              {...field}
              className="input"
              spellCheck={false}
              autoCapitalize="off"
              maxLength={64}
              value={value.key}
              onChange={(event) => change({ key: event.target.value })}
            />
          )}
        </Field>
        <div className="row">
          <Button look="primary" type="submit" busy={create.isPending || reading}>
            {text.create}
          </Button>
          <Button onClick={onClose}>{words.cancel}</Button>
        </div>
      </form>
    </Dialog>
  );
};
