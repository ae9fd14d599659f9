using Steelyard.Histories;

namespace Steelyard.Recording.Http;

/// <summary>A route with all that is usual filled in.</summary>
internal sealed record MappedRoute(string Method, PathTemplate Template, string Function, HttpRoute Told)
{
    const string KeyName = "key";

    bool IsRead => Method.Equals("GET", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the request's body is looked at.</summary>
    public bool ReadsRequest => Told.Input is not null || Told.Key is not null || !IsRead;

    /// <summary>Whether the response's body is looked at.</summary>
    public bool ReadsResponse => Told.Output is not null || Told.Outcome is not null || IsRead;

    /// <summary>What is asked of.</summary>
    public Value KeyOf(HttpExchange exchange)
    {
        if (Told.Key is { } told)
            return told(exchange);
        var variables = exchange.Variables;
        if (variables.TryGetValue(KeyName, out var key))
            return BodyValue.OfPath(key);
        return variables.Count == 1 ? BodyValue.OfPath(variables.Values.Single()) : Value.Nil;
    }

    /// <summary>The argument.</summary>
    public Value InputOf(HttpExchange exchange) =>
        Told.Input?.Invoke(exchange) ?? BodyValue.Of(exchange.RequestBody);

    /// <summary>Ends the operation by the response.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="exchange">With its response.</param>
    /// <param name="mayHaveFailed">False when a request that is refused now may have been sent before: then
    /// it is not known whether it happened.</param>
    public void End(InvokedOperation operation, HttpExchange exchange, bool mayHaveFailed = true)
    {
        var error = StatusOutcome.Describe(exchange.Status);
        var isAbsent = IsRead && exchange.Status == 404 && Told.Absent is not null;
        switch (OutcomeOf(exchange))
        {
            case Outcome.Ok:
                operation.Ok(isAbsent ? Told.Absent!.Value : OutputOf(exchange));
                break;
            case Outcome.Fail when mayHaveFailed || IsRead:
                operation.Fail(StatusOutcome.IsMismatch(Function, exchange.Status) ? null : error);
                break;
            case Outcome.Fail:
                operation.Info($"{error}, perhaps to a second attempt");
                break;
            default:
                operation.Info(error);
                break;
        }
    }

    Outcome OutcomeOf(HttpExchange exchange)
    {
        var told = Told.Outcome?.Invoke(exchange) ?? Outcome.Open;
        if (told != Outcome.Open)
            return told;
        return IsRead && exchange.Status == 404 && Told.Absent is not null
            ? Outcome.Ok
            : StatusOutcome.Of(exchange.Status);
    }

    Value OutputOf(HttpExchange exchange)
    {
        if (Told.Output is { } told)
            return told(exchange);
        return IsRead ? BodyValue.Of(exchange.ResponseBody) : Value.Nil;
    }
}
