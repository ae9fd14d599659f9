namespace Steelyard.Services.Designs.Idempotency;

/// <summary>The cases that a client can act out alone.</summary>
internal static class OutsideCases
{
    static readonly Dictionary<int, Func<Probe, Task<CaseResult>>> s_all = new()
    {
        [1] = HeaderCases.Missing,
        [2] = RetryCases.First,
        [3] = RetryCases.AfterCompletion,
        [4] = RetryCases.AfterError,
        [5] = RetryCases.OtherPayload,
        [6] = RetryCases.AtOnce,
        [7] = HeaderCases.Syntax,
        [8] = RetryCases.Misused,
        [9] = HeaderCases.ExpiryPublished,
        [10] = HeaderCases.ReuseAfterExpiry,
        [11] = HeaderCases.Scope,
        [12] = HeaderCases.Entropy,
        [13] = HeaderCases.Length,
        [14] = RetryCases.PutRight,
        [15] = RetryCases.AfterConflict,
        [16] = HeaderCases.Safe,
        [20] = RetryCases.Race,
        [21] = RetryCases.GivenUp,
        [22] = RetryCases.OtherKey,
        [25] = RetryCases.Writing,
    };

    /// <summary>What a client does for a case; null where a client alone cannot do it.</summary>
    public static Func<Probe, Task<CaseResult>>? Of(ConformanceCase of) => s_all.GetValueOrDefault(of.Id);
}
