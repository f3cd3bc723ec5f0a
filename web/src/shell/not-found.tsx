import { Link } from '@tanstack/react-router';
import { Empty } from '../kit/states.tsx';
import { useText } from '../text/index.ts';
import { shellText } from './text.ts';

export const NotFound = () => {
  const text = useText(shellText);
  return (
    <Empty>
      <h1>{text.notFound}</h1>
      <Link to="/">{text.home}</Link>
    </Empty>
  );
};
