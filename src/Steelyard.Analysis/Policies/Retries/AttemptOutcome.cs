namespace Steelyard.Analysis.Policies.Retries;

/// <summary>How far an attempt came (gRPC proposal A6, section "transparent retries").</summary>
public enum AttemptReach
{
    /// <summary>The server worked on it.</summary>
    Served,

    /// <summary>It never left the client: another is made at once, as often as that happens.</summary>
    NeverSent,

    /// <summary>It reached the server's library and nobody there saw it: another is made at once, one time;
    /// after that it is a failure as any other.</summary>
    NeverSeen,
}

/// <summary>What becomes of an attempt.</summary>
/// <param name="Status">How it ends.</param>
/// <param name="After">How long after it began; null where nobody ever answers.</param>
/// <param name="Pushback">What the server says of trying again.</param>
/// <param name="Reach">How far it came.</param>
public sealed record AttemptOutcome(
    GrpcStatus Status, TimeSpan? After, Pushback Pushback = default,
    AttemptReach Reach = AttemptReach.Served);
