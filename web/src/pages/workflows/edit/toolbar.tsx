// What is done with a draft as a whole: back and forth, keep, publish.

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type DefinitionProblem, type Version, versionPath, versionQuery } from '../../../api/workflows.ts';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import { useShortcuts } from '../../../kit/shortcuts.ts';
import { useChange } from '../../../kit/use-change.ts';
import { common } from '../../../text/common.ts';
import { useText } from '../../../text/index.ts';
import { Differences } from '../compare.tsx';
import { canonical, drawable, type Json } from '../json.ts';
import { useEditing, type Work } from './use-work.ts';

export const Toolbar = ({
  found,
  work,
  problems,
}: {
  readonly found: Version;
  readonly work: Work;
  /** Undefined while the newest text is being checked. */
  readonly problems: readonly DefinitionProblem[] | undefined;
}) => {
  const { told } = useEditing();
  const { text } = told;
  const words = useText(common);
  const client = useQueryClient();
  const [publishing, setPublishing] = useState(false);
  const { key, version } = found.definition;
  const query = versionQuery(key, version);
  const save = useChange<{ readonly definition: Json }>({
    touches: [['workflows']],
    said: text.saved,
    onDone: ({ body }) => {
      client.setQueryData(query.queryKey, { ...found, definition: body.definition as never });
      work.settle(body.definition);
    },
  });
  const publish = useChange({ touches: [['workflows']], said: text.published, onDone: () => setPublishing(false) });
  const [asking, setAsking] = useState(false);
  const keep = async () => {
    setAsking(true);
    // Drafts have no version of their own to name: look once more before saving over somebody.
    const fresh = await client.fetchQuery({ ...query, staleTime: 0 }).catch(() => undefined);
    setAsking(false);
    if (fresh && canonical(fresh.definition) !== work.base) return;
    save.mutate({ path: versionPath(key, version), method: 'PUT', body: work.definition });
  };
  useShortcuts([
    { keys: 'z', about: text.undoAbout, run: work.undo },
    { keys: 'Z', about: text.redoAbout, run: work.redo },
  ]);
  const misshapen = problems?.some(({ code }) => code.startsWith('shape.')) ?? false;
  const whySave = !work.dirty ? text.whyNothing : misshapen ? text.whyShape : undefined;
  const whyPublish = work.dirty
    ? text.whyUnsaved
    : problems === undefined
      ? text.checking
      : problems.length > 0
        ? text.whyProblems
        : undefined;
  return (
    <>
      <div className="toolbar row">
        <Button shortcut="z" why={work.canUndo ? undefined : text.whyNoStep} onClick={work.undo}>
          {text.undo}
        </Button>
        <Button shortcut="Z" why={work.canRedo ? undefined : text.whyNoStep} onClick={work.redo}>
          {text.redo}
        </Button>
        <span className="grow small muted" role="status">
          {work.dirty ? text.unsaved : text.allSaved}
        </span>
        {work.dirty && <Button onClick={work.takeTheirs}>{text.discard}</Button>}
        <Button why={whySave} busy={save.isPending || asking} onClick={() => void keep()}>
          {text.save}
        </Button>
        <Button look="primary" why={whyPublish} onClick={() => setPublishing(true)}>
          {text.publish}
        </Button>
      </div>
      {work.restored && <p className="notice">{words.restored}</p>}
      {work.overtaken && <Overtaken found={found} work={work} />}
      <Dialog
        open={publishing}
        onClose={() => setPublishing(false)}
        title={text.publishTitle(told.named(work.drawn), String(version))}
        about={text.publishAbout}
      >
        <div className="row">
          <Button
            look="primary"
            busy={publish.isPending}
            onClick={() => publish.mutate({ path: `${versionPath(key, version)}/publish` })}
          >
            {text.publish}
          </Button>
          <Button onClick={() => setPublishing(false)}>{words.cancel}</Button>
        </div>
      </Dialog>
    </>
  );
};

/** Somebody else saved this draft meanwhile: both stand beside each other, and nothing is lost. */
const Overtaken = ({ found, work }: { readonly found: Version; readonly work: Work }) => {
  const { text } = useEditing().told;
  const [comparing, setComparing] = useState(false);
  return (
    <div className="notice bad stack" role="alert">
      <p>{text.changedElsewhere}</p>
      <div className="row">
        <Button aria-expanded={comparing} onClick={() => setComparing(!comparing)}>
          {text.compareTheirs}
        </Button>
        <Button onClick={work.keepMine}>{text.keepMine}</Button>
        <Button onClick={work.takeTheirs}>{text.takeTheirs}</Button>
      </div>
      {comparing && (
        <Differences before={drawable(found.definition)} after={work.drawn} names={[text.theirs, text.mine]} />
      )}
    </div>
  );
};
