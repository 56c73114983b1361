import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Base64;
import java.util.regex.Pattern;

/** Starts the mock, sends it a photo and asks it for an error: java RemoExample.java */
public class RemoExample {
    static final HttpClient CLIENT = HttpClient.newHttpClient();

    public static void main(String[] arguments) throws Exception {
        var ready = Files.createTempDirectory("remo-mock-").resolve("ready.json");
        var mock = new ProcessBuilder("remo-mock", "serve", "--port", "0", "--ready-file", ready.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            new ProcessBuilder("remo-mock", "health", "--ready-file", ready.toString(), "--wait", "20").start().waitFor();
            var url = field(Files.readString(ready), "url");
            var sample = HttpRequest.newBuilder(URI.create(url + "/console/photos/back.jpg")).build();
            var photo = CLIENT.send(sample, BodyHandlers.ofByteArray()).body();
            var success = analyseBack(url, "demo@example.com", photo);
            System.out.println("tilt " + field(success, "bar_tilt_m_") + ", credits left " + field(success, "credit"));
            var error = analyseBack(url, "demo+518@example.com", photo);
            System.out.println("code " + field(error, "status") + ": " + field(error, "message"));
        } finally {
            mock.destroy();
            mock.waitFor();
            Files.deleteIfExists(ready);
            Files.delete(ready.getParent());
        }
    }

    static String analyseBack(String url, String email, byte[] photo) throws Exception {
        var body = """
            {"Email": "%s", "UserKey": "demo-user-key", "APIKey": "demo-api-key", "borigimg": "%s"}"""
            .formatted(email, Base64.getEncoder().encodeToString(photo));
        var request = HttpRequest.newBuilder(URI.create(url + "/api/analysis-skeleton-v2-back"))
            .header("Content-Type", "application/json").timeout(Duration.ofSeconds(10)).POST(BodyPublishers.ofString(body)).build();
        return CLIENT.send(request, BodyHandlers.ofString()).body();
    }

    /** The value of a field, where no JSON library is at hand; use yours. */
    static String field(String json, String name) {
        var found = Pattern.compile("\"" + name + "\":\\s*(\"[^\"]*\"|[^,}]*)").matcher(json);
        return found.find() ? found.group(1).replace("\"", "") : "";
    }
}
