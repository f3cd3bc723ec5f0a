// Workflows: the list, or the version that the address names.

import { useSearch } from '@tanstack/react-router';
import { List } from './list.tsx';
import './page.css';
import { VersionPage } from './version.tsx';

export const WorkflowsPage = () => {
  const { key, version } = useSearch({ from: '/workflows' });
  return key !== undefined && version !== undefined ? (
    <VersionPage key={`${key} ${version}`} name={key} version={version} />
  ) : (
    <List />
  );
};
