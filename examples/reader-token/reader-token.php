<?php
// Signs a token by which Vigie knows who reports: a JWT (RFC 7519) with HS256. PHP 8 alone, no package.
//
//   VIGIE_SITE=revue VIGIE_SIGNING_SECRET=... php reader-token.php user-42
declare(strict_types=1);

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

/**
 * @param string $site the site's slug
 * @param string $secret its reader signing secret, as text
 * @param string $id of the account of the reader who is signed in
 * @param int $since when that account was made, in seconds since 1970
 * @param bool $verified whether you know that a person is behind it
 * @return string good for five minutes; Vigie takes ten at most
 */
function readerToken(string $site, string $secret, string $id, int $since, bool $verified): string
{
    $header = base64url(json_encode(['alg' => 'HS256', 'typ' => 'JWT'], JSON_THROW_ON_ERROR));
    $claims = base64url(json_encode([
        'aud' => $site,
        'sub' => $id,
        'exp' => time() + 300,
        'since' => $since,
        'verified' => $verified,
    ], JSON_THROW_ON_ERROR));
    $signature = base64url(hash_hmac('sha256', "$header.$claims", $secret, true));
    return "$header.$claims.$signature";
}

if (isset($argv[1]) && realpath($_SERVER['SCRIPT_FILENAME']) === __FILE__) {
    $since = strtotime('2026-01-15T09:30:00Z');
    echo readerToken(getenv('VIGIE_SITE'), getenv('VIGIE_SIGNING_SECRET'), $argv[1], $since, true), "\n";
}
