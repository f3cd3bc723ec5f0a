// What an account may act as on a day, in SQL: for sessions, for work done on somebody's behalf, and for the last look
// before a write. All three read the same, so that what one was told the other finds again.

/** @param day SQL of a date; half-open days: the last one is no longer in force */
export const inForce = (membership: string, day: string): string =>
  `(${membership}.valid_from is null or ${membership}.valid_from <= ${day}) and (${membership}.valid_to is null or ${membership}.valid_to > ${day})`;

/** As the domain's memberships. @param account SQL of the account's id */
const membershipsOf = (account: string, day: string): string => `coalesce(
    (select json_agg(json_strip_nulls(json_build_object('role', m.role, 'unit', m.unit, 'programme', m.programme, 'field', m.field)) order by m.id)
      from membership m where m.account_id = ${account} and ${inForce('m', day)}), '[]')`;

/** As the domain's standsInFor; null: for nobody. */
const standsInForOf = (
  account: string,
  day: string,
): string => `(select json_agg(distinct jsonb_strip_nulls(jsonb_build_object('account', s.account_id, 'unit', m.unit, 'field', m.field)))
      from absence s join account b on b.id = s.account_id and b.active
        join membership m on m.account_id = s.account_id and m.role = 'appraiser' and ${inForce('m', day)}
      where s.substitute = ${account} and s.cancelled_at is null and s.from_day <= ${day} and s.until_day > ${day})`;

/**
 * A table of one row, to be joined laterally: memberships, "standsInFor", and the standing, which changes with everything that
 * gives or takes rights: the two, and being away oneself. `offset 0`: each is looked up once, not once for every mention.
 */
export const rightsOf = (account: string, day: string): string => `(
    select memberships, "standsInFor", md5(concat_ws(' ', memberships::text, "standsInFor"::text, away)) as standing
    from (select ${membershipsOf(account, day)} as memberships, ${standsInForOf(account, day)} as "standsInFor",
      (select count(*) from absence s where s.account_id = ${account} and s.cancelled_at is null
        and s.from_day <= ${day} and s.until_day > ${day}) as away offset 0) found)`;

/** Null: no such account, or not an active one. No caller's table may be called `judged_account`. */
export const standingOf = (account: string, day: string): string => `(select rights.standing
    from account judged_account cross join lateral ${rightsOf('judged_account.id', day)} rights
    where judged_account.id = ${account} and judged_account.active)`;

/** @param now SQL of an instant */
export const dayAt = (now: string): string => `(${now}::timestamptz at time zone 'Asia/Ho_Chi_Minh')::date`;
