<?php
// A client of the back endpoint without extensions: REMO_API_URL=http://127.0.0.1:4420 php remo.php back.jpg [EMAIL]
function analyseBack(string $photo, string $email): array
{
    $body = [
        'Email' => $email,
        'UserKey' => getenv('REMO_API_USER_KEY') ?: 'demo-user-key',
        'APIKey' => getenv('REMO_API_KEY') ?: 'demo-api-key',
        'borigimg' => base64_encode($photo),
    ];
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => 'Content-Type: application/json',
        'content' => json_encode($body),
        'timeout' => 10,
        'ignore_errors' => true, // an error's body tells the code, whatever the HTTP status is
    ]]);
    $url = (getenv('REMO_API_URL') ?: 'http://127.0.0.1:4420') . '/api/analysis-skeleton-v2-back';
    return json_decode(file_get_contents($url, false, $context), true, flags: JSON_THROW_ON_ERROR);
}

$result = analyseBack(file_get_contents($argv[1]), $argv[2] ?? 'demo@example.com');
if (!$result['state']) {
    fwrite(STDERR, ($result['status'] ?? $result['status_code']) . ": {$result['message']}\n");
    exit(1);
}
file_put_contents('drawn.jpg', base64_decode(explode(',', $result['borigimg'])[1]));
echo "tilt {$result['bar_tilt_m_']}, grade {$result['bar_tilt_grade']}, credits left {$result['credit']}\n";
