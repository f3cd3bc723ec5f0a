// The icons in use, by what they mean here. Decoration only: beside each stands a word or an accessible name.

import {
  BookOpenCheck,
  Building2,
  CalendarDays,
  ChartNoAxesColumn,
  ClipboardCheck,
  ClipboardList,
  Download,
  FileText,
  Gauge,
  History,
  House,
  Inbox,
  ListChecks,
  type LucideProps,
  MessageSquareWarning,
  Printer,
  RefreshCw,
  Search as SearchIcon,
  Settings as SettingsIcon,
  Sprout,
  Users,
  Workflow as WorkflowIcon,
  X,
} from 'lucide-react';
import type { ComponentType } from 'react';

export type Icon = ComponentType;

const icon =
  (Drawn: ComponentType<LucideProps>): Icon =>
  () => <Drawn size={18} strokeWidth={1.75} aria-hidden="true" focusable="false" />;

export const Close = icon(X);
export const Overview = icon(House);
export const Mine = icon(Inbox);
export const Tasks = icon(ListChecks);
export const Appraise = icon(ClipboardCheck);
export const Periodic = icon(CalendarDays);
export const Confirm = icon(BookOpenCheck);
export const Reports = icon(ChartNoAxesColumn);
export const Registration = icon(Sprout);
export const Difficulty = icon(MessageSquareWarning);
export const Workflow = icon(WorkflowIcon);
export const Units = icon(Building2);
export const People = icon(Users);
export const Days = icon(CalendarDays);
export const Calendar = icon(ClipboardList);
export const Operations = icon(Gauge);
export const Audit = icon(History);
export const Document = icon(FileText);
export const Settings = icon(SettingsIcon);
export const Search = icon(SearchIcon);
export const Save = icon(Download);
export const Print = icon(Printer);
export const Refresh = icon(RefreshCw);
