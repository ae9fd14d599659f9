using Steelyard.Histories;

namespace Steelyard.Recording.Http;

/// <summary>A request, and once it is there its response, as a route looks at them.</summary>
public sealed class HttpExchange
{
    readonly Func<string, string?> _requestHeader;
    Func<string, string?> _responseHeader = static _ => null;

    internal HttpExchange(
        string method, string path, string query, IReadOnlyDictionary<string, string> variables,
        Func<string, string?> requestHeader)
    {
        Method = method;
        Path = path;
        Query = query;
        Variables = variables;
        _requestHeader = requestHeader;
    }

    /// <summary>The method, such as <c>PUT</c>.</summary>
    public string Method { get; }

    /// <summary>The path, such as <c>/registers/x</c>.</summary>
    public string Path { get; }

    /// <summary>The query with its question mark; empty where there is none.</summary>
    public string Query { get; }

    /// <summary>What stands in the path for the names of the route's template.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>The request's body; empty where there is none.</summary>
    public string RequestBody { get; internal set; } = "";

    /// <summary>The response's status; 0 while there is none.</summary>
    public int Status { get; private set; }

    /// <summary>The response's body; empty where there is none, and where the route does not look at
    /// it.</summary>
    public string ResponseBody { get; private set; } = "";

    /// <summary>A header of the request; null where it is not sent.</summary>
    public string? RequestHeader(string name) => _requestHeader(name);

    /// <summary>A header of the response; null where it is not sent.</summary>
    public string? ResponseHeader(string name) => _responseHeader(name);

    /// <summary>A text as a value: JSON as what it says, an empty text as nil, all else as it
    /// stands.</summary>
    public static Value ValueOf(string text) => BodyValue.Of(text);

    internal void Answer(int status, string body, Func<string, string?> header) =>
        (Status, ResponseBody, _responseHeader) = (status, body, header);
}
