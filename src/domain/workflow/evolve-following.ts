import { type FollowerNamed, type Following, type FollowingEvent, nothingFollowed } from './following.ts';

/** What is followed on a task after one more event. */
export const followed = (before: Following | null, event: Exclude<FollowingEvent, FollowerNamed>): Following => {
  const following = before ?? nothingFollowed;
  const by = event.actor ?? '';
  switch (event.type) {
    case 'task.difficulty_reported': {
      const { number, cause, proposal = null, addressee, unit = null, answerBy, on } = event.payload;
      const difficulty = {
        number,
        cause,
        proposal,
        addressee,
        unit,
        answerBy,
        by,
        capacity: event.capacity,
        on,
        answer: null,
      };
      return { ...following, difficulties: [...following.difficulties, difficulty] };
    }
    case 'task.difficulty_answered': {
      const { number, answer, on } = event.payload;
      return {
        ...following,
        difficulties: following.difficulties.map((each) =>
          each.number === number ? { ...each, answer: { text: answer, by, on } } : each,
        ),
      };
    }
    case 'task.difficulty_redirected': {
      const { number, addressee, unit = null, answerBy } = event.payload;
      return {
        ...following,
        difficulties: following.difficulties.map((each) =>
          each.number === number ? { ...each, addressee, unit, answerBy } : each,
        ),
      };
    }
    case 'task.extension_requested':
      return { ...following, extensionRequest: { day: event.payload.day, by, on: event.payload.on } };
    case 'task.deadline_proposed':
      return { ...following, deadlineProposal: { day: event.payload.day, by, on: event.payload.on, seq: event.seq } };
    case 'task.explained': {
      const { text, objectiveCause = null, on } = event.payload;
      return { ...following, explanation: { text, objectiveCause, by, on, confirmed: null } };
    }
    case 'task.cause_judged':
      return following.explanation
        ? { ...following, explanation: { ...following.explanation, confirmed: event.payload.confirmed } }
        : following;
    case 'task.urged':
      return { ...following, urgedOn: event.payload.on };
    default:
      return event satisfies never;
  }
};
