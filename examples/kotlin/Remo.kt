import java.util.Base64
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import okhttp3.MediaType.Companion.toMediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody.Companion.toRequestBody
import org.json.JSONObject

class RemoError(val code: Int, message: String) : Exception(message)

/** A client of the back endpoint for Android, with OkHttp. In the emulator the mock is at http://10.0.2.2:4420. */
class Remo(private val url: String, private val email: String, private val userKey: String, private val apiKey: String) {
    private val client = OkHttpClient()

    suspend fun analyseBack(photo: ByteArray): JSONObject = withContext(Dispatchers.IO) {
        val body = JSONObject(
            mapOf("Email" to email, "UserKey" to userKey, "APIKey" to apiKey, "borigimg" to Base64.getEncoder().encodeToString(photo)),
        )
        val request = Request.Builder()
            .url("$url/api/analysis-skeleton-v2-back")
            .post(body.toString().toRequestBody("application/json".toMediaType()))
            .build()
        val result = client.newCall(request).execute().use { JSONObject(it.body!!.string()) }
        if (!result.getBoolean("state")) {
            throw RemoError(result.optInt("status", result.optInt("status_code")), result.getString("message"))
        }
        result
    }
}
