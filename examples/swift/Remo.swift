import Foundation

struct RemoError: Error { let code: Int; let message: String }

/// A client of the back endpoint for iOS. In the simulator the mock is at http://127.0.0.1:4420.
struct Remo {
    let url: URL, email: String, userKey: String, apiKey: String

    struct Reply: Decodable {
        let state: Bool, credit: Int
        let status: Int?, status_code: Int?, message: String?
        let bar_tilt_m_: Double?, bar_tilt_grade: Int?, borigimg: String?
    }

    func analyseBack(_ photo: Data) async throws -> Reply {
        var request = URLRequest(url: url.appendingPathComponent("api/analysis-skeleton-v2-back"), timeoutInterval: 10)
        request.httpMethod = "POST"
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.httpBody = try JSONEncoder().encode([
            "Email": email, "UserKey": userKey, "APIKey": apiKey, "borigimg": photo.base64EncodedString(),
        ])
        let (data, _) = try await URLSession.shared.data(for: request)
        let reply = try JSONDecoder().decode(Reply.self, from: data)
        guard reply.state else {
            throw RemoError(code: reply.status ?? reply.status_code ?? 0, message: reply.message ?? "")
        }
        return reply
    }
}
