using Steelyard.Histories;

namespace Steelyard.Services.Determinism.Runtime;

/// <summary>
/// The first thing that does not fit in the world: the user's mistake that ends the run, and all runs of this
/// process, whose only worker may be lost.
/// </summary>
internal static class Violation
{
    // To read symbols takes its time.
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);
    static readonly ManualResetEventSlim s_isTold = new();
    static string? s_found;
    static volatile bool s_isSeen;
    static volatile bool s_isLooking;

    /// <summary>What was found; null is nothing.</summary>
    public static string? Found => s_found;

    /// <summary>A run begins.</summary>
    public static void Begin() => s_isLooking = true;

    /// <summary>A run is over: what hosts do while they are put away is nobody's concern.</summary>
    public static void End() => s_isLooking = false;

    /// <summary>Somebody does not fit; the first one counts.</summary>
    public static void Note(string mistake) => Note(() => mistake);

    /// <summary>Somebody on another thread than the worker's does not fit; the run waits to be told
    /// what.</summary>
    public static void Note(Func<string> describe)
    {
        if (!s_isLooking)
            return;
        s_isSeen = true;
        Interlocked.CompareExchange(ref s_found, describe(), null);
        s_isTold.Set();
    }

    /// <summary>Ends the run if something was found.</summary>
    /// <exception cref="UserMistakeException">With what was found.</exception>
    public static void MustBeNone()
    {
        if (s_isSeen && s_isTold.Wait(s_patience))
            throw new UserMistakeException(s_found!);
    }

    /// <summary>Whose code runs, as the beginning of a sentence.</summary>
    public static string Name(CallContext? context) => context is null
        ? "the scenario"
        : context.Whom is null ? $"host {context.Who}" : context.Who;

    /// <summary>What it was about: <c>, while it serves GET /</c>; nothing where it served nobody.</summary>
    public static string While(CallContext? context) => context?.What is not { } what ? ""
        : context.IsOver ? $", in what {what} began"
        : $", while it serves {what}";
}
