/* Looks a name up as a program does that is linked with this C library, and prints the address. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char **argv) {
  struct addrinfo hints, *found;
  char text[INET_ADDRSTRLEN];
  memset(&hints, 0, sizeof hints);
  hints.ai_socktype = SOCK_STREAM;
  if (argc != 2 || getaddrinfo(argv[1], "80", &hints, &found) != 0) {
    puts("not found");
    return 0;
  }
  puts(inet_ntop(AF_INET, &((struct sockaddr_in *)found->ai_addr)->sin_addr, text, sizeof text));
  return 0;
}
