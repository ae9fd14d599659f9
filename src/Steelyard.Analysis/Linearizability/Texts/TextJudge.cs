using System.Runtime.InteropServices;
using Steelyard.Analysis.Linearizability.Collections;
using Steelyard.Analysis.Linearizability.Search;
using Steelyard.Analysis.Models;
using Steelyard.Analysis.Sessions;
using Steelyard.Histories;

namespace Steelyard.Analysis.Linearizability.Texts;

/// <summary>
/// Linearizability of one key that is put, appended to and read. A text that was read mostly can have come
/// about in one way only, and then says which appends followed its put with nothing in between
/// (<see cref="TextChains"/>). No search; the time it takes grows with the length of the texts.
/// </summary>
/// <remarks>
/// Where a text can have come about in several ways, or several operations brought the same, one way is
/// tried: an order that comes of it explains the history, but if there is none the history may have another.
/// What contradicts itself among the rest does so in any case.
/// </remarks>
internal sealed class TextJudge
{
    readonly List<List<int>> _texts = [];
    readonly List<TextRead> _reads = [];
    readonly List<(int Operation, TextPiece Piece)> _changes = [];
    readonly TextPieces _pieces;
    readonly KvModel _model;
    readonly History _history;
    Anomaly? _contradiction;

    TextJudge(KvModel model, History history, Value key)
    {
        (_model, _history) = (model, history);
        _pieces = new(model.Initial(key));
    }

    /// <summary>Judges a key's operations; null where nothing is certain.</summary>
    public static Proof? Judge(KvModel model, History history, List<int> part)
    {
        var judge = new TextJudge(model, history, history[part[0]].Key);
        if (!judge.TakeChanges(part))
            return null;
        judge.TakeReads(part);
        return judge._contradiction is { } contradiction ? new(contradiction, null) : judge.Decide();
    }

    Proof? Decide()
    {
        var isCertain = _reads.TrueForAll(read => read.IsCertain);
        var certain = new TextChains(_model, _history);
        certain.Take(_reads.Where(read => read.IsCertain));
        if (isCertain)
            certain.TakeUnseen(_changes, onlyKnown: true);
        if (certain.Contradiction() is { } contradiction)
            return new(contradiction, null);
        if (isCertain && _changes.TrueForAll(change => change.Piece.IsKnown))
            return new(null, certain.Order());
        return _reads.Exists(read => read.Made.Length == 0) ? null : Guess();
    }

    Proof? Guess()
    {
        var guess = new TextChains(_model, _history);
        guess.Take(_reads);
        if (!guess.TryChooseOperations())
            return null;
        guess.TakeUnseen(_changes, onlyKnown: false);
        return guess.Contradiction() is null ? new(null, guess.Order()) : null;
    }

    bool TakeChanges(List<int> part)
    {
        foreach (var index in part)
        {
            var operation = _history[index];
            if (_model.OnlyObserves(operation))
                continue;
            var text = _model.TextBrought(operation);
            var overwrites = _model.Overwrites(operation);
            if (!overwrites && text.Length == 0)
                return false;
            _changes.Add((index, overwrites
                ? _pieces.AddStart(text, index, operation.InvokedAt)
                : _pieces.AddAppended(text, index, operation.InvokedAt)));
        }

        return true;
    }

    // By return: the first that read a text is the one that finds it impossible.
    void TakeReads(List<int> part)
    {
        var reads = part.Where(index => _model.OnlyObserves(_history[index])).ToArray();
        Array.Sort([.. reads.Select(index => _history[index].CompletedAt)], reads);
        var readers = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var index in reads)
        {
            ref var same = ref CollectionsMarshal.GetValueRefOrAddDefault(
                readers, _model.TextObserved(_history[index]), out var isKnown);
            same ??= [];
            same.Add(index);
            if (!isKnown)
                _texts.Add(same);
        }

        foreach (var same in _texts)
            if (_contradiction is null)
                _reads.Add(Read(same));
    }

    // What was invoked before the last reader returned may have made it, even if for the first reader
    // something else did.
    TextRead Read(List<int> readers)
    {
        var (first, last) = (_history[readers[0]], _history[readers[^1]]);
        var text = _model.TextObserved(first);
        var origin = _pieces.OriginOf(text, last.CompletedAt, out var made);
        var isCertain = origin == TextOrigin.One && made[0].IsKnown;
        if (origin == TextOrigin.Several && readers.Count > 1)
            origin = _pieces.OriginOf(text, first.CompletedAt, out made);
        if (origin == TextOrigin.None)
            _contradiction = NeverMade(first);
        return new(made, readers, isCertain);
    }

    Anomaly NeverMade(Operation read) => new(
        "not-linearizable",
        $"process {read.ProcessName} read \"{Witness.Shortened(_model.TextObserved(read))}\" from"
        + $" {SessionFinding.Named(read.Key)}, which no put and appends before make up",
        [read.Index]);
}
