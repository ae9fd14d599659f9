using Steelyard.Services.Driving;

namespace Steelyard.Services.Scenarios;

/// <summary>Ready-made loads on services, said in requests, for <see cref="ServicesWorld.Drive"/>.</summary>
public static class Drive
{
    /// <summary>Clients that send a request again and again, each time a little different:
    /// <c>Drive.Http(op => op.Post("/payments").Json(new { reference = op.Id }).Retry())</c>.</summary>
    /// <param name="operation">Says what is sent, for each operation anew. It is called by itself, so it must
    /// not depend on anything but what it is given.</param>
    public static HttpLoad Http(Func<HttpOperation, HttpOperation> operation) =>
        new HttpLoad().And(operation);

    /// <summary>The same, with a name for promises, tables and pages.</summary>
    /// <param name="name">What the operation is called; <c>POST /payments</c> when not said.</param>
    /// <param name="operation">Says what is sent.</param>
    public static HttpLoad Http(string name, Func<HttpOperation, HttpOperation> operation) =>
        new HttpLoad().And(name, operation);
}
