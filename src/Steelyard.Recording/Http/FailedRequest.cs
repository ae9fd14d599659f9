namespace Steelyard.Recording.Http;

/// <summary>What an exception says of whether its request was sent.</summary>
internal static class FailedRequest
{
    /// <summary>
    /// Whether no byte of the request can have reached a server: no connection came about. The platform's
    /// handler may have sent a request without a body before, over a connection that was closed meanwhile, so
    /// of those only reads are told.
    /// </summary>
    public static bool WasNeverSent(HttpRequestMessage request, Exception failure) =>
        failure is HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        }
        && (request.Content is { Headers.ContentLength: > 0 } || request.Method == HttpMethod.Get
            || request.Method == HttpMethod.Head);

    /// <summary>In a few words.</summary>
    public static string Describe(Exception failure) => failure switch
    {
        OperationCanceledException { InnerException: TimeoutException } or TimeoutException => "timeout",
        OperationCanceledException => "cancelled",
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } known =>
            known.HttpRequestError.ToString(),
        _ => failure.GetType().Name,
    };
}
