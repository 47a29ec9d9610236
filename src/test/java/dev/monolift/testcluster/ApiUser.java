package dev.monolift.testcluster;

/**
 * Who talks to the API server of a test, by a token.
 *
 * @param name name of the user
 * @param group the group that gives the user its rights
 */
record ApiUser(String name, String group) {
  private static final String MASTERS = "system:masters";

  static final ApiUser ADMINISTRATOR = new ApiUser("administrator", MASTERS);
  static final ApiUser CONTROLLERS = new ApiUser("system:kube-controller-manager", MASTERS);
  static final ApiUser SCHEDULER = new ApiUser("system:kube-scheduler", MASTERS);
  static final ApiUser KWOK = new ApiUser("kwok", MASTERS);
  static final ApiUser DNS = new ApiUser("coredns", MASTERS);

  /** The API server's own roles are bound to this name. */
  static final ApiUser PROXY = new ApiUser("system:kube-proxy", "system:node-proxier");

  /** A kubelet, for the Node authorizer. */
  static ApiUser kubelet(String node) {
    return new ApiUser("system:node:" + node, "system:nodes");
  }
}
