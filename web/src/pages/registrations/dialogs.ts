// The dialogs of a round and of its rows come when the first of them is opened.

import { onDemand } from '../../kit/on-demand.tsx';

const ofRound = () => import('./deeds.tsx');
const ofRow = () => import('./row-dialogs.tsx');
const waiting = { waiting: null };

export const OpenDialog = onDemand(() => ofRound().then((all) => all.OpenDialog), waiting);
export const CarryDialog = onDemand(() => ofRound().then((all) => all.CarryDialog), waiting);
export const ProposeDialog = onDemand(() => ofRound().then((all) => all.ProposeDialog), waiting);
export const SubmitDialog = onDemand(() => ofRound().then((all) => all.SubmitDialog), waiting);
export const BlocDialog = onDemand(() => ofRound().then((all) => all.BlocDialog), waiting);
export const DecideDialog = onDemand(() => ofRound().then((all) => all.DecideDialog), waiting);
export const SayDialog = onDemand(() => ofRow().then((all) => all.SayDialog), waiting);
export const EditDialog = onDemand(() => ofRow().then((all) => all.EditDialog), waiting);
export const RestDialog = onDemand(() => import('./task-due.tsx').then((all) => all.RestDialog), waiting);
