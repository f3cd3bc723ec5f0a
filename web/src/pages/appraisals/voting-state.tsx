// Who has to agree, who has, and who is still asked: told before anybody decides.

import type { DeskItem, GivenVote, Outcome, Panel } from '../../api/appraisals.ts';
import { outcomes } from '../../api/appraisals.ts';
import { day, number } from '../../format.ts';
import { useText } from '../../text/index.ts';
import { appraisalsText } from './text.ts';

export const VotingState = ({ item, panel }: { readonly item: DeskItem; readonly panel: Panel | undefined }) => {
  const text = useText(appraisalsText);
  const { cast } = item.votes;
  const by = (outcome: Outcome): readonly GivenVote[] => cast.filter((vote) => vote.outcome === outcome);
  const names = (votes: readonly GivenVote[]): string => votes.map((vote) => vote.by.name).join(', ');
  const rule = panel?.rule ?? 'any';
  const asked = (panel?.seats ?? []).filter(
    (seat) =>
      seat.votes && seat.voter && !cast.some((vote) => vote.seat.account === seat.seat && vote.unit === seat.unit),
  );
  const agreed = by('achieved');
  const needed = panel ? neededIn(panel) : 0;
  const got = rule === 'per_group' ? new Set(agreed.map(({ unit }) => unit)).size : agreed.length;
  const told = rule === 'per_group' ? text.needsAgencies : text.needs;
  const lines = [
    ...(rule === 'any' ? [] : [told(number(needed), number(got), names(agreed))]),
    ...outcomes
      .filter((outcome) => outcome !== 'achieved' && by(outcome).length > 0)
      .map((outcome) => text.otherVotes(text.verdicts[outcome], names(by(outcome)))),
    ...(rule !== 'any' && asked.length > 0
      ? [text.stillAsked(asked.map(({ voter, name }) => voter?.name ?? name).join(', '))]
      : []),
    ...(item.vote ? [text.youVoted(text.verdicts[item.vote.outcome])] : []),
    ...(item.seat?.onBehalfOf ? [text.onBehalf(item.seat.onBehalfOf.name)] : []),
    ...(panel?.incident && panel.incident !== 'decided_but_open' ? [text.incident] : []),
  ];
  return (
    <>
      {item.question && (
        <div className="notice">
          <strong>{text.questionOpen(item.question.by.name, day(item.question.on))}</strong>
          {item.question.question !== null && <p>{item.question.question}</p>}
        </div>
      )}
      {lines.length > 0 && (
        <div className="notice">
          {lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
    </>
  );
};

const neededIn = ({ rule, quorum, seats, agencies }: Panel): number => {
  const sitting = seats.filter(({ votes, voter }) => votes && voter !== null);
  if (rule === 'quorum') return quorum ?? 1;
  if (rule === 'per_group') return agencies.length;
  return rule === 'all' ? sitting.length : 1;
};
