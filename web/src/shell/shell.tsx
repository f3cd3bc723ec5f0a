// What is around every page: top bar, navigation, quick search, shortcuts, news, and signing in again in place.

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { change, onSessionLost } from '../api/client.ts';
import { sendBeforeLeaving } from '../api/leaving.ts';
import { useLive } from '../api/live.ts';
import { meQuery, useMe } from '../api/session.ts';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { Search, Settings as SettingsIcon } from '../kit/icons.tsx';
import { Menu } from '../kit/menu.tsx';
import { onDemand } from '../kit/on-demand.tsx';
import { useShortcuts } from '../kit/shortcuts.ts';
import { Failed, Loading } from '../kit/states.tsx';
import { Toasts } from '../kit/toast.tsx';
import { changeSettings, useSettings } from '../settings.ts';
import { common } from '../text/common.ts';
import { useText } from '../text/index.ts';
import { placesOf } from './navigation.ts';
import { Notifications } from './notifications.tsx';
import { SignInForm, SignInPage } from './sign-in.tsx';
import { shellText } from './text.ts';

/** Once in a person's life: not part of what everybody loads. */
const Tour = lazy(() => import('./tour.tsx'));
const palettePart = () => import('./palette.tsx').then((all) => all.Palette);
const Palette = onDemand(palettePart, { waiting: null });
const ShortcutList = onDemand(() => import('./shortcut-list.tsx').then((all) => all.ShortcutList), { waiting: null });

export const Shell = () => {
  const me = useQuery(meQuery);
  const { product } = useText(common);
  useEffect(() => {
    document.title = product;
  }, [product]);
  if (me.data) return <Inside />;
  if (me.data === null) return <SignInPage onDone={() => void me.refetch()} />;
  if (me.error) return <Failed error={me.error} onRetry={() => void me.refetch()} />;
  return <Loading />;
};

const Inside = () => {
  const text = useText(shellText);
  const words = useText(common);
  const me = useMe();
  const navigate = useNavigate();
  const places = placesOf(me);
  const [palette, setPalette] = useState(false);
  const [help, setHelp] = useState(false);
  const { toured } = useSettings();
  useLive();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // On its way before the K, so that what is typed next lands in it.
      if (event.key === 'Control' || event.key === 'Meta') palettePart().catch(() => undefined);
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setPalette(true);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  useShortcuts([
    ...places.flatMap(({ key, to, shortcut }) =>
      shortcut === undefined
        ? []
        : [{ keys: `g ${shortcut}`, about: text.pages[key], run: () => void navigate({ to }) }],
    ),
    {
      keys: '/',
      about: text.keys.search,
      run: () => document.querySelector<HTMLElement>('[data-page-search]')?.focus(),
    },
    { keys: '?', about: text.keys.help, run: () => setHelp(true) },
  ]);
  const links = places.map(({ key, to, icon: Icon }) => (
    <Link
      key={key}
      to={to}
      activeOptions={{ exact: to === '/', includeSearch: false }}
      activeProps={{ 'aria-current': 'page' }}
    >
      <Icon />
      {text.pages[key]}
    </Link>
  ));
  return (
    <>
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <header className="bar">
        <Link to="/" className="brand">
          <img src="/favicon.svg" alt="" width="26" height="26" />
          {words.product}
        </Link>
        <Button className="palette-button" onClick={() => setPalette(true)}>
          <Search />
          <span className="long">{text.palette}</span>
          <kbd aria-hidden="true">Ctrl K</kbd>
        </Button>
        <Notifications />
        <AccountMenu onHelp={() => setHelp(true)} />
      </header>
      <Offline />
      <div className="shell">
        <nav className="side" aria-label={text.navigation}>
          {links}
        </nav>
        <main id="main" className="main" tabIndex={-1}>
          {me.session?.owesSecondFactor && <p className="notice">{text.owesSecondFactor}</p>}
          <Outlet />
        </main>
      </div>
      <nav className="bottom" aria-label={text.navigation}>
        {links.slice(0, places.length > 4 ? 3 : 4)}
        {places.length > 4 && (
          <button type="button" onClick={() => setPalette(true)}>
            {text.more}
          </button>
        )}
      </nav>
      {palette && <Palette open onClose={() => setPalette(false)} />}
      {help && <ShortcutList open onClose={() => setHelp(false)} />}
      {!toured && (
        <Suspense>
          <Tour />
        </Suspense>
      )}
      <SignInAgain />
      <Toasts />
    </>
  );
};

const AccountMenu = ({ onHelp }: { readonly onHelp: () => void }) => {
  const text = useText(shellText);
  const words = useText(common);
  const me = useMe();
  const { theme, language } = useSettings();
  const client = useQueryClient();
  const navigate = useNavigate();
  const first = me.memberships[0];
  const capacity = first ? `${words.roles[first.role]}${first.unit === undefined ? '' : ` – ${first.unit}`}` : '';
  return (
    <Menu
      label={text.account}
      trigger={
        <Button look="quiet" aria-label={`${text.account}: ${me.name}, ${capacity}`}>
          <SettingsIcon />
        </Button>
      }
      items={[
        {
          key: 'who',
          label: (
            <span className="two-lines">
              <strong>{me.name}</strong>
              <span className="small muted">{capacity}</span>
            </span>
          ),
          onSelect: () => void navigate({ to: '/settings' }),
        },
        ...(['system', 'light', 'dark'] as const).map((key) => ({
          key,
          label: `${text.theme}: ${text.themes[key]}`,
          checked: theme === key,
          onSelect: () => changeSettings({ theme: key }),
        })),
        {
          key: 'language',
          label: language === 'vi' ? 'English' : 'Tiếng Việt',
          onSelect: () => changeSettings({ language: language === 'vi' ? 'en' : 'vi' }),
        },
        { key: 'keys', label: text.shortcuts, onSelect: onHelp },
        { key: 'settings', label: text.pages.settings, onSelect: () => void navigate({ to: '/settings' }) },
        {
          key: 'out',
          label: text.signOut,
          onSelect: () =>
            void sendBeforeLeaving()
              .then(() => change('/sessions/current', { method: 'DELETE' }))
              .finally(() => {
                client.clear();
                void client.invalidateQueries();
                location.assign('/');
              }),
        },
      ]}
    />
  );
};

/** Over the page as it stands; whatever waited for the session goes on afterwards. */
const SignInAgain = () => {
  const text = useText(shellText);
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const waiting = useRef<{ readonly resolve: () => void; readonly reject: (error: Error) => void }[]>([]);
  useEffect(() => {
    onSessionLost(
      () =>
        new Promise((resolve, reject) => {
          waiting.current.push({ resolve, reject });
          setAsked(true);
        }),
    );
    return () => onSessionLost(undefined);
  }, []);
  const settle = (how: 'resolve' | 'reject') => {
    setAsked(false);
    for (const one of waiting.current.splice(0)) one[how](new Error('Nobody signed in again.'));
  };
  return (
    <Dialog open={asked} onClose={() => settle('reject')} title={text.signInAgain} about={text.signInAgainAbout}>
      <SignInForm
        onDone={() => {
          settle('resolve');
          void client.invalidateQueries({ queryKey: ['me'] });
        }}
      />
    </Dialog>
  );
};

const Offline = () => {
  const text = useText(shellText);
  const online = useSyncExternalStore(
    (listener) => {
      addEventListener('online', listener);
      addEventListener('offline', listener);
      return () => {
        removeEventListener('online', listener);
        removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
  return online ? null : (
    <p className="offline" role="status">
      {text.offline}
    </p>
  );
};
