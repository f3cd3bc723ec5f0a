// What an account may act as on a day, in SQL: for sessions, for work done on somebody's behalf, and for the last look
// before a write. All three read the same, so that what one was told the other finds again.

/** @param day SQL of a date; half-open days: the last one is no longer in force */
const inForce = (membership: string, day: string): string =>
  `(${membership}.valid_from is null or ${membership}.valid_from <= ${day}) and (${membership}.valid_to is null or ${membership}.valid_to > ${day})`;

/** As the domain's memberships. @param account SQL of the account's id */
export const membershipsOf = (account: string, day: string): string => `coalesce(
    (select json_agg(json_strip_nulls(json_build_object('role', m.role, 'unit', m.unit, 'programme', m.programme, 'field', m.field)) order by m.id)
      from membership m where m.account_id = ${account} and ${inForce('m', day)}), '[]')`;

/** As the domain's standsInFor; null: for nobody. */
export const standsInForOf = (
  account: string,
  day: string,
): string => `(select json_agg(distinct jsonb_strip_nulls(jsonb_build_object('account', s.account_id, 'unit', m.unit, 'field', m.field)))
      from absence s join account b on b.id = s.account_id and b.active
        join membership m on m.account_id = s.account_id and m.role = 'appraiser' and ${inForce('m', day)}
      where s.substitute = ${account} and s.cancelled_at is null and s.from_day <= ${day} and s.until_day > ${day})`;

/**
 * Changes with everything that gives or takes rights: memberships, whom they stand in for, being away; null: no such
 * account, or not an active one. No caller's table may be called `judged_account`.
 */
export const standingOf = (account: string, day: string): string => `(select md5(concat_ws(' ',
      ${membershipsOf('judged_account.id', day)}::text, ${standsInForOf('judged_account.id', day)}::text,
      (select count(*) from absence s where s.account_id = judged_account.id and s.cancelled_at is null
        and s.from_day <= ${day} and s.until_day > ${day})))
    from account judged_account where judged_account.id = ${account} and judged_account.active)`;

/** @param now SQL of an instant */
export const dayAt = (now: string): string => `(${now}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date`;
