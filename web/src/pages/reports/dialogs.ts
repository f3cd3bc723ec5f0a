// The dialogs of a report come when the first of them is opened.

import { onDemand } from '../../kit/on-demand.tsx';

const all = () => import('./deed-dialogs.tsx');
const waiting = { waiting: null };

export const ConfirmDialog = onDemand(() => all().then((found) => found.ConfirmDialog), waiting);
export const DraftDialog = onDemand(() => all().then((found) => found.DraftDialog), waiting);
export const FreezeDialog = onDemand(() => all().then((found) => found.FreezeDialog), waiting);
export const IssueDialog = onDemand(() => all().then((found) => found.IssueDialog), waiting);
