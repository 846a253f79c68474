// Accounts that many pay, or that pay many, within some hours
// parameters: hours, count
// returns: id, pattern, accounts, payments, amount, currency, evidence
// 在若干小时内由众多账户付入，或付给众多账户的账户
// In Neo4j Browser first:  :param hours => 48   :param count => 4
// One window a row: the one with the most accounts, of such the one with the most money, then the earliest. It is enough
// to look at the windows that begin where some payment's time ends. An account that only its row tells counts as whoever
// is named for it, as nobody where it is cash or a fee. A day without an hour may be any of its moments. Payments without time or amount do not count; money without a currency is CNY. Sums are in hundredths.
// A payment that two files tell of under two numbers is two here, and what two banks number alike is one; graphkit's own
// question of this name counts the one once and the other twice.
MATCH (f:File {published: true})
WITH collect(f.id) AS published, duration({seconds: toInteger(floor($hours * 3600 + 0.5))}) AS window
MATCH (account:Entity)
WHERE EXISTS { (account)-[:PAID]-() }
CALL (account, published) {
  MATCH (account)-[r:PAID]-(other)
  WHERE r.file IN published AND other <> account
  WITH r, CASE
            WHEN other.id =~ 'account:[0-9a-f]{12}#.*' THEN head(COLLECT {
              MATCH (holder:Entity)-[held:HOLDS]->(other)
              WHERE held.file IN published
              RETURN holder.id ORDER BY holder.id
            })
            ELSE other.id
          END AS party
  WHERE party IS NOT NULL
  WITH r.id AS id, startNode(r) = account AS sent, collect(DISTINCT party) AS others, collect(r.evidence) AS stated,
       coalesce(min(r.currency), 'CNY') AS currency, min(r.amount) AS least,
       min(localdatetime(toString(coalesce(r.started, r.started_earliest)))) AS earliest,
       max(CASE
             WHEN r.started_latest IS NOT NULL THEN r.started_latest
             WHEN size(toString(r.started)) = 10 THEN localdatetime(toString(r.started)) + duration({seconds: 86399})
             ELSE localdatetime(toString(r.started))
           END) AS latest
  WHERE least > 0 AND earliest IS NOT NULL AND latest IS NOT NULL
  RETURN sent, currency, collect({
           id: id, others: others, stated: stated, earliest: earliest, latest: latest,
           cents: toInteger(floor(least * 100 + 0.5))
         }) AS payments
}
WITH account, window, sent, currency, payments
WHERE size(COLLECT { UNWIND payments AS one UNWIND one.others AS other RETURN DISTINCT other }) >= $count
UNWIND payments AS begin
WITH account, window, sent, currency, payments, begin.latest AS since,
     [one IN payments WHERE one.latest >= begin.latest AND one.earliest <= begin.latest + window] AS inside
WITH account, window, sent, currency, payments, since,
     COUNT { UNWIND inside AS one UNWIND one.others AS other RETURN DISTINCT other } AS accounts,
     reduce(sum = 0, one IN inside | sum + one.cents) AS cents
WHERE accounts >= $count
WITH account, window, sent, currency, payments, since, accounts, cents
ORDER BY accounts DESC, cents DESC, since
WITH account, window, sent, currency, head(collect(payments)) AS payments, head(collect(since)) AS since,
     head(collect(accounts)) AS accounts, head(collect(cents)) AS cents
WITH account, sent, currency, accounts, cents,
     [one IN payments WHERE one.latest >= since AND one.earliest <= since + window] AS inside
WITH account.id AS id, CASE WHEN sent THEN 'fan-out' ELSE 'fan-in' END AS pattern, currency, accounts, cents,
     size(inside) AS payments,
     COLLECT {
       UNWIND inside AS one
       UNWIND one.stated AS rows
       UNWIND rows AS row
       WITH DISTINCT row, split(row, ':')[-1] AS number
       RETURN row ORDER BY left(row, size(row) - size(number) - 1), toInteger(number)
     } AS evidence
RETURN id, pattern, accounts, payments, cents / 100.0 AS amount, currency, evidence
ORDER BY accounts DESC, id, pattern, currency
