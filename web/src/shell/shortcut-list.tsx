import { Dialog } from '../kit/dialog.tsx';
import { activeShortcuts } from '../kit/shortcuts.ts';
import { useSettings } from '../settings.ts';
import { useText } from '../text/index.ts';
import { shellText } from './text.ts';

export const ShortcutList = ({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) => {
  const text = useText(shellText);
  const { shortcuts } = useSettings();
  const fixed = [
    { keys: 'Ctrl K', about: text.keys.palette },
    { keys: 'j k', about: text.keys.next },
    { keys: 'x', about: text.keys.select },
    { keys: 'Enter', about: text.keys.open },
    { keys: 'Esc', about: text.keys.leave },
  ];
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={text.shortcuts}
      about={shortcuts ? text.shortcutsAbout : text.shortcutsOff}
    >
      <table className="table">
        <tbody>
          {[...activeShortcuts(), ...fixed].map(({ keys, about }) => (
            <tr key={`${keys} ${about}`}>
              <td>
                {keys.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </td>
              <td>{about}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
};
