<?php
// Makes a key and a certificate that it signs itself: certificate.php NAME KEY CERTIFICATE
[, $name, $key_file, $certificate_file] = $argv;
$settings = tempnam('/tmp', 'openssl');
file_put_contents($settings, "[req]\ndistinguished_name = dn\n[dn]\n[v3]\nsubjectAltName = DNS:$name\nbasicConstraints = CA:TRUE\n");
$options = ['config' => $settings, 'x509_extensions' => 'v3', 'digest_alg' => 'sha256', 'private_key_bits' => 2048];
$key = openssl_pkey_new($options);
$request = openssl_csr_new(['commonName' => $name], $key, $options);
openssl_pkey_export_to_file($key, $key_file, null, $options);
openssl_x509_export_to_file(openssl_csr_sign($request, null, $key, 2, $options), $certificate_file);
