package dev.monolift.architecture.broken.api;

import org.slf4j.Logger;

/** An API that logs. */
record ApiThatLogs(Logger log) {}
