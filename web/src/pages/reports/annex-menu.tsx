import { fileAddress, type Query } from '../../api/client.ts';
import { Button } from '../../kit/button.tsx';
import { Save } from '../../kit/icons.tsx';
import { Menu } from '../../kit/menu.tsx';
import { useText } from '../../text/index.ts';
import { detailText } from './detail-text.ts';

const annexes = ['I', 'II', 'III', 'III-matrix', 'cumulative', 'estimate', 'rates'] as const;

/** The annexes as files. @param path of a frozen run, or of figures that are not frozen @param query what those are of */
export const AnnexMenu = ({ path, query = {} }: { readonly path: string; readonly query?: Query }) => {
  const text = useText(detailText);
  return (
    <Menu
      label={text.annexes}
      trigger={
        <Button>
          <Save />
          {text.annexes}
        </Button>
      }
      items={[
        { key: 'xlsx', label: text.allAnnexes, href: fileAddress(path, { ...query, format: 'xlsx' }) },
        ...annexes.map((annex) => ({
          key: annex,
          label: text.csv(text.annexNames[annex]),
          href: fileAddress(path, { ...query, format: 'csv', annex }),
        })),
      ]}
    />
  );
};
