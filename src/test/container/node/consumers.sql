-- Counts the connections of each account ten times a second, in the server itself: no client, no network in between.
-- A connection cannot lie: it is there before its consumer can take a job, and goes when its consumer does.
USE work;

CREATE TABLE accounts (name VARCHAR(63) NOT NULL PRIMARY KEY);

CREATE TABLE samples (
  at TIMESTAMP(3) NOT NULL,
  account VARCHAR(63) NOT NULL,
  together INT NOT NULL,
  PRIMARY KEY (account, at)
);

CREATE TABLE sampling (goes_on BOOLEAN NOT NULL);
INSERT INTO sampling VALUES (TRUE);

DELIMITER //
CREATE PROCEDURE sample()
BEGIN
  DECLARE tick DECIMAL(20, 6) DEFAULT UNIX_TIMESTAMP(SYSDATE(6));
  WHILE (SELECT goes_on FROM sampling) DO
    INSERT INTO samples
    SELECT SYSDATE(3), a.name, COUNT(p.id)
    FROM accounts a LEFT JOIN information_schema.processlist p ON p.user = a.name
    GROUP BY a.name;
    -- late once is not late for ever
    SET tick = GREATEST(tick + 0.1, UNIX_TIMESTAMP(SYSDATE(6)) - 0.1);
    DO SLEEP(GREATEST(0.001, tick - UNIX_TIMESTAMP(SYSDATE(6))));
  END WHILE;
END//
DELIMITER ;

CREATE EVENT sampler ON SCHEDULE AT CURRENT_TIMESTAMP DO CALL sample();
