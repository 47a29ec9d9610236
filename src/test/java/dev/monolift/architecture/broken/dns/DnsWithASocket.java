package dev.monolift.architecture.broken.dns;

import java.net.InetAddress;

/** A DNS engine that asks a server. */
record DnsWithASocket(InetAddress server) {}
