using System.Runtime.InteropServices;

namespace Steelyard.Analysis.Linearizability.Texts;

/// <summary>In how many ways a text can have come about.</summary>
internal enum TextOrigin
{
    /// <summary>In none: no put and appends make it up.</summary>
    None,

    /// <summary>In one.</summary>
    One,

    /// <summary>In several.</summary>
    Several,

    /// <summary>It was not looked at: there is too much text.</summary>
    NotKnown,
}

/// <summary>
/// What texts are made of: each begins with what was put (or stood there at first), and goes on with what was
/// appended. Where the pieces can be told apart, a text says what made it, and in which order.
/// </summary>
internal sealed class TextPieces
{
    // Look-ups in all; more than this cost more than they are likely to save.
    const long MostSteps = 300_000_000;

    readonly Dictionary<string, TextPiece> _starts = new(StringComparer.Ordinal);
    readonly Dictionary<string, TextPiece> _appended = new(StringComparer.Ordinal);
    readonly SortedSet<int> _startLengths = [];
    readonly SortedSet<int> _lengths = [];
    int[] _appendedLengths = [];
    byte[] _ways = new byte[64];
    TextPiece[] _last = new TextPiece[64];
    int[] _before = new int[64];
    long _steps;

    public TextPieces(string initial) => AddStart(initial, TextPiece.Initial, -1);

    /// <summary>Takes a text that an operation puts in the place of whatever there is.</summary>
    public TextPiece AddStart(string text, int operation, int invokedAt)
    {
        _startLengths.Add(text.Length);
        return Add(_starts, text, operation, invokedAt);
    }

    /// <summary>Takes a text, not an empty one, that an operation appends.</summary>
    public TextPiece AddAppended(string text, int operation, int invokedAt)
    {
        if (_lengths.Add(text.Length))
            _appendedLengths = [.. _lengths];
        return Add(_appended, text, operation, invokedAt);
    }

    TextPiece Add(Dictionary<string, TextPiece> pieces, string text, int operation, int invokedAt)
    {
        ref var piece = ref CollectionsMarshal.GetValueRefOrAddDefault(pieces, text, out _);
        piece ??= new(isStart: pieces == _starts);
        piece.Add(operation, invokedAt);
        return piece;
    }

    /// <summary>In how many ways a text can have come about by some position.</summary>
    /// <param name="text">The text.</param>
    /// <param name="end">What was invoked later is no part of it.</param>
    /// <param name="made">What made it: the start, and what was appended, in order. One of the ways where
    /// there are several.</param>
    public TextOrigin OriginOf(string text, int end, out TextPiece[] made)
    {
        made = [];
        if (_steps > MostSteps)
            return TextOrigin.NotKnown;
        Begin(text, end);
        var at = _ways.AsSpan(0, text.Length + 1).IndexOfAnyExcept((byte)0);
        while (at >= 0 && at < text.Length)
        {
            GoOn(text, at, end);
            var next = _ways.AsSpan(at + 1, text.Length - at).IndexOfAnyExcept((byte)0);
            at = next < 0 ? next : at + 1 + next;
        }

        if (_ways[text.Length] > 0)
            made = Unwind(text.Length);
        return (TextOrigin)_ways[text.Length];
    }

    void Begin(string text, int end)
    {
        if (_ways.Length <= text.Length)
        {
            _ways = new byte[text.Length * 2];
            _last = new TextPiece[text.Length * 2];
            _before = new int[text.Length * 2];
        }

        _ways.AsSpan(0, text.Length + 1).Clear();
        var starts = _starts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in _startLengths)
            if (length <= text.Length && starts.TryGetValue(text.AsSpan(0, length), out var start)
                && start.InvokedAt < end)
                Reach(length, start, from: -1, ways: 1);
        _steps += _startLengths.Count + (text.Length / 64);
    }

    void GoOn(string text, int at, int end)
    {
        var appended = _appended.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in _appendedLengths)
        {
            if (length > text.Length - at)
                break;
            if (appended.TryGetValue(text.AsSpan(at, length), out var piece) && piece.InvokedAt < end)
                Reach(at + length, piece, at, _ways[at]);
        }

        _steps += _appendedLengths.Length;
    }

    // Of several ways the one that was found first stays: a text that was put is likelier than its pieces.
    void Reach(int position, TextPiece piece, int from, byte ways)
    {
        if (_ways[position] == 0)
            (_last[position], _before[position]) = (piece, from);
        _ways[position] = (byte)Math.Min(2, _ways[position] + ways);
    }

    TextPiece[] Unwind(int end)
    {
        var made = new List<TextPiece>();
        for (var at = end; at >= 0; at = _before[at])
            made.Add(_last[at]);
        made.Reverse();
        return [.. made];
    }
}
