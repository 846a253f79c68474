// Accounts that pass on what they receive within some hours
// parameters: hours, share
// returns: id, holders, currency, received, sent, passed, share, payments_in, payments_out, evidence
// 在若干小时内将所收款项转出的账户
// In Neo4j Browser first:  :param hours => 48   :param share => 0.8
// An outgoing payment may follow an incoming one where moments within their times allow it: at or after the receipt and
// at most so many hours later; a day without an hour may be any of its moments. Of an incoming payment passes on at most
// what it brought, of all together at most what followed. Payments without time or amount do not count; money without a
// currency is CNY. All sums are in hundredths, so that they are exact.
// A payment that two files tell of under two numbers is two here, and what two banks number alike is one; graphkit's own
// question of this name counts the one once and the other twice.
MATCH (f:File {published: true})
WITH collect(f.id) AS published, duration({seconds: toInteger(floor($hours * 3600 + 0.5))}) AS window
MATCH (account:Entity)
WHERE EXISTS { (account)<-[:PAID]-() } AND EXISTS { (account)-[:PAID]->() }
CALL (account, published) {
  MATCH (account)-[r:PAID]-(other)
  WHERE r.file IN published AND other <> account
  WITH r.id AS id, startNode(r) = account AS sent, collect(r.evidence) AS stated,
       coalesce(min(r.currency), 'CNY') AS currency, min(r.amount) AS least, max(r.amount) AS most,
       min(localdatetime(toString(coalesce(r.started, r.started_earliest)))) AS earliest,
       max(CASE
             WHEN r.started_latest IS NOT NULL THEN r.started_latest
             WHEN size(toString(r.started)) = 10 THEN localdatetime(toString(r.started)) + duration({seconds: 86399})
             ELSE localdatetime(toString(r.started))
           END) AS latest
  WHERE least > 0 AND earliest IS NOT NULL AND latest IS NOT NULL
  WITH currency, sent, {
         stated: stated, earliest: earliest, latest: latest,
         cents: toInteger(floor(CASE WHEN sent THEN most ELSE least END * 100 + 0.5))
       } AS payment
  RETURN currency, collect(CASE WHEN NOT sent THEN payment END) AS incoming,
         collect(CASE WHEN sent THEN payment END) AS outgoing
}
WITH account, published, currency, [way IN incoming | {payment: way, followed: reduce(
       sum = 0, other IN [o IN outgoing WHERE o.latest >= way.earliest AND o.earliest <= way.latest + window] |
       sum + other.cents)}] AS incoming,
     [o IN outgoing WHERE any(way IN incoming WHERE o.latest >= way.earliest AND o.earliest <= way.latest + window)]
       AS following
WITH account, published, currency, incoming, following,
     reduce(sum = 0, way IN incoming | sum + way.payment.cents) AS received,
     reduce(sum = 0, other IN following | sum + other.cents) AS sent,
     reduce(sum = 0, way IN incoming |
       sum + CASE WHEN way.followed < way.payment.cents THEN way.followed ELSE way.payment.cents END) AS covered
WITH *, CASE WHEN covered < sent THEN covered ELSE sent END AS passed
WHERE passed > 0 AND toFloat(passed) / received >= $share
WITH account, currency, received, sent, passed, size(incoming) AS payments_in, size(following) AS payments_out,
     COLLECT {
       MATCH (holder:Entity)-[r:HOLDS]->(account)
       WHERE r.file IN published
       WITH DISTINCT holder.id AS holder
       RETURN holder ORDER BY holder
     } AS holders,
     COLLECT {
       UNWIND [way IN incoming WHERE way.followed > 0 | way.payment] + following AS payment
       UNWIND payment.stated AS rows
       UNWIND rows AS row
       WITH DISTINCT row, split(row, ':')[-1] AS number
       RETURN row ORDER BY left(row, size(row) - size(number) - 1), toInteger(number)
     } AS evidence
RETURN account.id AS id, holders, currency, received / 100.0 AS received, sent / 100.0 AS sent,
       passed / 100.0 AS passed, floor(toFloat(passed) / received * 10000 + 0.5) / 10000 AS share, payments_in,
       payments_out, evidence
ORDER BY passed DESC, id, currency
