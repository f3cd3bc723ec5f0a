// One version: read, compared, and while it is a draft, edited.

import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { may } from '../../api/rights.ts';
import { useMe } from '../../api/session.ts';
import { type Version, type VersionSummary, versionPath, versionQuery, workflowsQuery } from '../../api/workflows.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Await } from '../../kit/states.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { useChange } from '../../kit/use-change.ts';
import { common } from '../../text/common.ts';
import { useNamed, useText } from '../../text/index.ts';
import { Compare } from './compare.tsx';
import { Designer } from './edit/designer.tsx';
import { drawable } from './json.ts';
import { inForce, StatusTag } from './list.tsx';
import { workflowsText } from './text.ts';
import { View } from './view.tsx';

export const VersionPage = ({ name, version }: { readonly name: string; readonly version: string }) => {
  const found = useQuery(versionQuery(name, version));
  const { data: all } = useQuery(workflowsQuery);
  const versions = (all ?? []).filter(({ key }) => key === name);
  return <Await query={found}>{(one) => <Shown version={one} versions={versions} />}</Await>;
};

const Shown = ({
  version: found,
  versions,
}: {
  readonly version: Version;
  readonly versions: readonly VersionSummary[];
}) => {
  const text = useText(workflowsText);
  const me = useMe();
  const named = useNamed();
  const search = useSearch({ from: '/workflows' });
  const { key, version } = found.definition;
  const writes = may(me, 'definition.write');
  const edits = writes && found.status === 'draft';
  const tabs = edits ? (['edit', 'compare'] as const) : (['view', 'compare'] as const);
  const tab = tabs.find((one) => one === search.tab) ?? tabs[0];
  const definition = useMemo(() => drawable(found.definition), [found.definition]);
  const newest = inForce(versions);
  return (
    <>
      <div className="page-head">
        <div>
          <h1>{`${text.title}: ${named(found.definition.name)}`}</h1>
          <p className="row">
            <Link to="/workflows" search={{} as never}>
              {text.title}
            </Link>
            <span>{text.version(String(version))}</span>
            <StatusTag
              status={found.status}
              old={found.status === 'published' && newest !== undefined && newest.version !== version}
            />
          </p>
        </div>
        {writes && found.status !== 'draft' && <Deeds found={found} />}
      </div>
      <Tabs
        label={named(found.definition.name)}
        current={tab}
        also={{ key, version: String(version) }}
        tabs={tabs.map((one) => [one, text.tabs[one]])}
      />
      {tab === 'view' && (
        <>
          <p className="muted">{found.status === 'draft' ? text.readOnlyDraft : text.readOnly}</p>
          <View definition={definition} />
        </>
      )}
      {tab === 'compare' && <Compare definition={definition} versions={versions} />}
      {tab === 'edit' && <Designer found={found} />}
    </>
  );
};

/** What may be done with a version that was published: go on from it, or end it. */
const Deeds = ({ found: { definition, status } }: { readonly found: Version }) => {
  const text = useText(workflowsText);
  const words = useText(common);
  const named = useNamed();
  const navigate = useNavigate();
  const [retiring, setRetiring] = useState(false);
  const draft = useChange<{ readonly definition: { readonly key: string; readonly version: number } }>({
    touches: [['workflows']],
    said: text.created,
    onDone: ({ body }) =>
      void navigate({
        to: '/workflows',
        search: { key: body.definition.key, version: String(body.definition.version), tab: 'edit' } as never,
      }),
  });
  const retire = useChange({ touches: [['workflows']], said: text.retired, onDone: () => setRetiring(false) });
  const { version, ...rest } = definition;
  return (
    <div className="row">
      <Button look="primary" busy={draft.isPending} onClick={() => draft.mutate({ path: '/workflows', body: rest })}>
        {text.newDraft}
      </Button>
      {status === 'published' && (
        <Button look="danger" onClick={() => setRetiring(true)}>
          {text.retire}
        </Button>
      )}
      <Dialog
        open={retiring}
        onClose={() => setRetiring(false)}
        title={text.retireTitle(named(definition.name), String(version))}
        about={text.retireAbout}
      >
        <div className="row">
          <Button
            look="danger"
            busy={retire.isPending}
            onClick={() => retire.mutate({ path: `${versionPath(definition.key, version)}/retire` })}
          >
            {text.retire}
          </Button>
          <Button onClick={() => setRetiring(false)}>{words.cancel}</Button>
        </div>
      </Dialog>
    </div>
  );
};
