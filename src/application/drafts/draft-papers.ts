// Which lists and which run a drafted paper is made of. Nothing is written: a draft is a file that people edit, and what it will be
// is a document of its own, entered by the records office.

import type { Document } from '../../domain/documents/document.ts';
import type { Paper } from '../../domain/documents/paper.ts';
import type { Actor } from '../../domain/organisation/actor.ts';
import { taskScope } from '../../domain/organisation/policy.ts';
import type { Unit } from '../../domain/organisation/units.ts';
import { Refusal } from '../../domain/refusal.ts';
import { annexOf as annexIvOf } from '../../domain/registration/annex.ts';
import { noticeOf } from '../../domain/reporting/illustrative.ts';
import type { CivilDate } from '../../domain/schedule/civil-date.ts';
import type { SourceDocument } from '../../domain/workflow/task.ts';
import { readableDocument } from '../documents/manage.ts';
import type { DocumentStore } from '../documents/ports.ts';
import type { FollowingReader } from '../following/ports.ts';
import type { RoundWithLines } from '../following/urging-rounds.ts';
import { toBeUrged } from '../obligations/annex.ts';
import type { ObligationList } from '../obligations/manage.ts';
import { permit } from '../permit.ts';
import type { Clock } from '../ports.ts';
import type { RegistrationStore } from '../registrations/ports.ts';
import { blocNames, whenLine } from '../reports/annex-heads.ts';
import { byUnitSheet } from '../reports/annexes.ts';
import { type RunParts, type RunReader, readRun } from '../reports/compare.ts';
import { type EditionStore, readableEdition } from '../reports/editions.ts';
import type { FrozenMore } from '../reports/freeze.ts';
import { reportTimes, type StatisticsReport } from '../reports/statistics.ts';
import type { Heads } from './heads.ts';
import { reportPaper } from './report-paper.ts';
import { lateWorkLetter, missingReportsLetter, undatedWorkLetter } from './urging-letters.ts';

export interface DraftParts extends RunParts {
  readonly frozen: RunReader;
  readonly editions: EditionStore;
  readonly registrations: RegistrationStore;
  readonly documents: Pick<DocumentStore, 'find'>;
  readonly following: Pick<FollowingReader, 'urging'>;
  readonly round: (id: string, actor: Actor) => Promise<RoundWithLines>;
  readonly obligations: (
    filter: { readonly programme: string; readonly from: CivilDate; readonly to: CivilDate },
    actor: Actor,
  ) => Promise<ObligationList>;
  readonly programme: (
    code: string,
  ) => Promise<{ readonly aggregator: string | null; readonly basis?: SourceDocument | null | undefined } | undefined>;
  readonly units: () => Promise<readonly Unit[]>;
  readonly clock: Clock;
}

/** What the lists cannot know of the paper. */
export interface Asked {
  /** The document that the paper will be. */
  readonly document?: string | undefined;
  readonly upper?: string | undefined;
  readonly place?: string | undefined;
}

export interface AskedLetter extends Asked {
  readonly answerBy?: CivilDate | undefined;
}

export const draftPapers = (parts: DraftParts) => {
  const { clock, reports } = parts;

  const groundOf = async (code: string, asked: AskedLetter, actor: Actor) => {
    const found = await reports.programme(code);
    const programme = await parts.programme(code);
    if (!found || !programme) throw new Refusal('programme.not_found', { programme: code });
    const document: Document | undefined =
      asked.document === undefined ? undefined : await readableDocument(parts.documents, actor, asked.document);
    const units = new Map((await parts.units()).map((unit) => [unit.code, unit]));
    const heads: Heads = {
      document,
      issuer: units.get(programme.aggregator ?? '')?.name ?? null,
      upper: asked.upper ?? null,
      place: asked.place ?? null,
    };
    return {
      found,
      basis: programme.basis ?? null,
      letter: {
        heads,
        programme: { code, ...found },
        notice: noticeOf(found),
        answerBy: asked.answerBy,
        classOf: (unit: string) => units.get(unit)?.class,
      },
    };
  };

  return {
    /**
     * Work that is late, and work that was finished late, as the lists of the same day and moment.
     * @throws Refusal programme.not_found, document.not_found, permission.denied; input.invalid when a time lies ahead
     */
    async lateWork(
      code: string,
      asked: AskedLetter & { readonly asOf?: CivilDate | undefined; readonly knownAt?: string | undefined },
      actor: Actor,
    ): Promise<Paper> {
      permit(actor, 'urging.read', { kind: 'programme', programme: code });
      const { found, letter } = await groundOf(code, asked, actor);
      const times = reportTimes(asked, found.zone, clock.now());
      const scope = taskScope(actor);
      return lateWorkLetter(
        { ...letter, asOf: times.asOf, knownAt: times.known },
        {
          overdue: await parts.following.urging('overdue', code, times, scope),
          lateDone: await parts.following.urging('late-done', code, times, scope),
        },
      );
    },

    /** @throws Refusal urging.round_not_found, document.not_found, permission.denied */
    async undatedWork(id: string, asked: AskedLetter, actor: Actor): Promise<Paper> {
      const round = await parts.round(id, actor);
      const { letter } = await groundOf(round.programme, asked, actor);
      return undatedWorkLetter({ ...letter, asOf: round.asOf }, round);
    },

    /** @throws Refusal programme.not_found, document.not_found, permission.denied */
    async missingReports(
      code: string,
      { from, to, ...asked }: AskedLetter & { readonly from: CivilDate; readonly to: CivilDate },
      actor: Actor,
    ): Promise<Paper> {
      permit(actor, 'urging.read', { kind: 'programme', programme: code });
      const { letter, basis } = await groundOf(code, asked, actor);
      const { asOf, items } = await parts.obligations({ programme: code, from, to }, actor);
      return missingReportsLetter({ ...letter, asOf, basis: basis && basisName(basis) }, toBeUrged(items));
    },

    /**
     * @throws Refusal report.not_found, document.not_found; report.wrong_status while its figures are not frozen
     */
    async report(id: string, asked: Asked, actor: Actor): Promise<Paper> {
      const edition = await readableEdition(parts.editions, id, actor);
      if (edition.runId === null) throw new Refusal('report.wrong_status', { step: edition.status });
      const { run } = await readRun(parts, edition.runId, actor);
      const { basis, confirmation = null, ...figures } = JSON.parse(run.body) as StatisticsReport & FrozenMore;
      const { found, letter, basis: programmeBasis } = await groundOf(edition.programme, asked, actor);
      const source = {
        figures,
        basis,
        confirmation,
        zone: found.zone,
        // Annex I counts; it names no task.
        rows: [],
        frozen: { sha256: run.sha256 },
        issued:
          edition.number !== null && edition.issuedOn !== null
            ? { number: edition.number, issuedOn: edition.issuedOn }
            : null,
      };
      const registration = await nextYear(parts, edition.programme, new Date(run.knownAt));
      const bases = [programmeBasis, registration?.document].flatMap((each) => each ?? []);
      return reportPaper({
        heads: letter.heads,
        edition,
        figures,
        confirmation,
        annexI: byUnitSheet(source),
        when: whenLine(source),
        bases,
        registration,
        blocName: (bloc) => blocNames[bloc] ?? bloc,
      });
    },
  };
};
export type DraftPapers = ReturnType<typeof draftPapers>;

/**
 * The registration of next year, and the opinions that were given by the moment of the figures. Whoever reads the report reads them
 * there: they are the same for everybody, and none of what is still a draft is among them.
 */
const nextYear = async ({ registrations }: DraftParts, programme: string, known: Date) => {
  // Latest year first; the next one is what the report is about.
  const registration = (await registrations.list(undefined)).findLast(
    ({ sourceProgramme, openedAt }) => sourceProgramme === programme && openedAt <= known,
  );
  if (!registration) return null;
  const sources = await registrations.sources(registration);
  const proposals = await registrations.proposals(registration.id);
  const units = await registrations.units([...new Set([...sources, ...proposals].map(({ unit }) => unit))]);
  const opinions = await registrations.opinions(registration.id, known);
  const order = [...new Set(units.map(({ bloc }) => bloc))];
  return {
    year: registration.year,
    document: registration.document,
    common: annexIvOf(units, sources, proposals).common,
    opinions: opinions.toSorted((a, b) => order.indexOf(a.bloc) - order.indexOf(b.bloc)),
  };
};

const basisName = ({ number, issuer }: SourceDocument): string => `Văn bản số ${number} của ${issuer}`;
