-- A queue as many have it: a table of jobs, and for the tests a ledger of what the workers did, in which a job that was
-- cut stays visible: started by a pod, and neither finished nor returned by it.

-- the disk of the machine is not what is measured
SET GLOBAL innodb_flush_log_at_trx_commit = 2;
SET GLOBAL event_scheduler = ON;
-- without locks on the gaps between jobs, in which workers and the event below would get in each other's way
SET GLOBAL tx_isolation = 'READ-COMMITTED';
CREATE DATABASE work;
USE work;

-- Whose jobs are kept coming: milliseconds from `least` to `most`, the share `queries` of them in a query of the
-- database, during which PHP runs no signal handler.
CREATE TABLE queues (
  name VARCHAR(63) NOT NULL PRIMARY KEY,
  least INT NOT NULL,
  most INT NOT NULL,
  queries DOUBLE NOT NULL
);

CREATE TABLE jobs (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  queue VARCHAR(63) NOT NULL,
  millis INT NOT NULL,
  kind ENUM('php', 'query') NOT NULL,
  state ENUM('queued', 'started', 'finished') NOT NULL DEFAULT 'queued',
  KEY (queue, state, id)
);

CREATE TABLE ledger (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  job BIGINT NOT NULL,
  pod VARCHAR(63) NOT NULL,
  event ENUM('started', 'finished', 'returned') NOT NULL,
  -- a worker that has lost its connection writes again what may have been written
  UNIQUE KEY (job, pod, event)
);

-- Each new connection of a worker, with the number of connections that its account has at this moment, itself included:
-- the number can only rise here, so none is missed between two looks.
CREATE TABLE arrivals (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  account VARCHAR(63) NOT NULL,
  pod VARCHAR(63) NOT NULL,
  together INT NOT NULL
);

-- No queue ever gets empty, so a pod is in a job whenever it is asked to end.
CREATE EVENT produce ON SCHEDULE EVERY 1 SECOND DO
  INSERT INTO jobs (queue, millis, kind)
  SELECT q.name, q.least + FLOOR(RAND() * (q.most - q.least + 1)), IF(RAND() < q.queries, 'query', 'php')
  FROM queues q JOIN seq_1_to_20 s
  WHERE s.seq > (SELECT COUNT(*) FROM jobs j WHERE j.queue = q.name AND j.state = 'queued');
