import { useState } from 'react';
import { useMe } from '../../api/session.ts';
import { useText } from '../../text/index.ts';
import { Display } from './display.tsx';
import './page.css';
import { Password } from './password.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';
import { settingsText } from './text.ts';
import { Tokens } from './tokens.tsx';

export const SettingsPage = () => {
  const text = useText(settingsText);
  const me = useMe();
  const [codes, setCodes] = useState(false);
  // Until the second factor is there, the API answers nothing else.
  const owes = me.session.owesSecondFactor;
  return (
    <>
      <div className="page-head">
        <h1>{text.title}</h1>
        <span>{me.name}</span>
      </div>
      <div className={codes ? 'settings printing-codes' : 'settings'}>
        <Display />
        <SecondFactor onCodes={setCodes} />
        {!owes && <Password />}
        {!owes && <Sessions />}
        {!owes && <Tokens />}
      </div>
    </>
  );
};
