using System.Runtime.InteropServices;
using Steelyard.Histories;

namespace Steelyard.Recording;

/// <summary>
/// An operation that was invoked. It ends once: <see cref="Ok"/> (it happened), <see cref="Fail"/> (it did
/// not, and never will) or <see cref="Info"/> (nobody knows). As a scope (<c>using var operation = …</c>) it
/// ends Info when the scope is left without having ended it, by an exception say: what threw may have
/// happened.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct InvokedOperation : IDisposable
{
    readonly HistoryRecorder? _recorder;
    readonly int _place;
    readonly int _turn;

    internal InvokedOperation(HistoryRecorder recorder, int place, int turn)
    {
        _recorder = recorder;
        _place = place;
        _turn = turn;
    }

    /// <summary>False when it is not in the history: the recorder was full, had failed or was closed. Ending
    /// it then does nothing.</summary>
    public bool IsRecorded => _recorder is not null;

    /// <summary>It happened.</summary>
    /// <param name="output">The result; nil where there is none.</param>
    /// <exception cref="InvalidOperationException">It has ended before.</exception>
    public void Ok(Value output = default) => End(Outcome.Ok, output, null);

    /// <summary>It did not happen, and no copy of it can still take effect. When in doubt it is an
    /// <see cref="Info"/>.</summary>
    /// <param name="error">Why, in a few words; null for a compare-and-set that did not match, which is an
    /// observation.</param>
    /// <param name="output">What it told all the same; nil where nothing.</param>
    /// <exception cref="InvalidOperationException">It has ended before.</exception>
    public void Fail(string? error = null, Value output = default) => End(Outcome.Fail, output, error);

    /// <summary>Nobody knows whether it happened, or will: a timeout, a broken connection.</summary>
    /// <param name="error">Why, in a few words; null says nothing.</param>
    /// <exception cref="InvalidOperationException">It has ended before.</exception>
    public void Info(string? error = null) => End(Outcome.Info, Value.Nil, error);

    /// <summary>Ends it Info unless it has ended.</summary>
    public void Dispose() => Abandon("it was left without an outcome");

    /// <summary>The same for a reason.</summary>
    internal void Abandon(string why) =>
        _recorder?.TryEnd(_place, _turn, Outcome.Info, Value.Nil, why);

    /// <summary>Ends it Fail unless it has ended.</summary>
    internal void TryFail(string why) => _recorder?.TryEnd(_place, _turn, Outcome.Fail, Value.Nil, why);

    void End(Outcome outcome, Value output, string? error)
    {
        if (_recorder?.TryEnd(_place, _turn, outcome, output, error) == false)
            throw new InvalidOperationException(
                $"the operation cannot end {outcome}: it has ended before, and an operation ends once");
    }
}
