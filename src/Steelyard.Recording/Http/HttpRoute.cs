using Steelyard.Histories;

namespace Steelyard.Recording.Http;

/// <summary>How requests of one route are told as operations; what is null is told as it usually
/// is.</summary>
public sealed record HttpRoute
{
    /// <summary>What is asked; looked at before the request is sent. Null takes the template's
    /// <c>{key}</c>, or its only variable; nil without variables.</summary>
    public Func<HttpExchange, Value>? Key { get; init; }

    /// <summary>The argument; looked at before the request is sent. Null takes the body
    /// (<see cref="HttpExchange.ValueOf"/>).</summary>
    public Func<HttpExchange, Value>? Input { get; init; }

    /// <summary>The result of what ended Ok. Null takes the body of the response to a GET, and nothing of
    /// others: what a write answers is seldom a result.</summary>
    public Func<HttpExchange, Value>? Output { get; init; }

    /// <summary>How a request that was answered ended. Null goes by the status: 2xx is Ok; a refusal (400,
    /// 403, 404, 409, 412, 422, 429 and other 4xx that say so) is Fail; 408, 5xx and all else is Info. A
    /// <c>cas</c> that is told 409 or 412 did not match. An Open is as if null.</summary>
    public Func<HttpExchange, Outcome>? Outcome { get; init; }

    /// <summary>What a GET saw that is told 404: nil, or what stands there at first. Null makes it a Fail,
    /// which is no observation.</summary>
    public Value? Absent { get; init; }
}
