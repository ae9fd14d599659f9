using Steelyard.Histories;

namespace Steelyard.Analysis.Tests.Linearizability;

/// <summary>
/// Keys that are put, appended to and read, with pieces that can mostly be told apart. What is read may be
/// falsified: a piece is missing, stands elsewhere or twice, an old text comes back, or it is cut off.
/// </summary>
internal static class TextSpecimens
{
    /// <summary>Histories of one key.</summary>
    /// <param name="random">The source of chance.</param>
    /// <param name="repeatOneIn">One in how many changes brings what another may have brought.</param>
    public static History Kv(RandomHistories random, int repeatOneIn)
    {
        var (now, brought, next) = ("", 0, random.Random);
        var seen = new List<string> { "" };
        string Piece() =>
            next.Next(repeatOneIn) == 0 ? $"{next.Next(Math.Max(1, brought))};" : $"{brought++};";
        return random.Next(
            () => next.Next(7) switch
            {
                < 3 => ("get", "x", Value.Nil),
                3 => next.Next(3) == 0 ? ("delete", "x", Value.Nil) : ("put", "x", Piece()),
                _ => ("append", "x", Piece()),
            },
            (function, _, input) =>
            {
                now = function switch
                {
                    "get" => now,
                    "delete" => "",
                    "put" => input.AsText,
                    _ => now + input.AsText,
                };
                seen.Add(now);
                return (true, function == "get" ? now : Value.Nil);
            },
            (function, output) => function == "get" ? Falsified(output.AsText, seen, next) : output);
    }

    static string Falsified(string text, List<string> seen, Random next)
    {
        var pieces = text.Split(';', StringSplitOptions.RemoveEmptyEntries).ToList();
        var old = seen[next.Next(seen.Count)];
        if (pieces.Count == 0)
            return old;
        var at = next.Next(pieces.Count);
        switch (next.Next(6))
        {
            case 0:
                pieces.RemoveAt(at);
                break;
            case 1:
                pieces.Insert(at, pieces[^1]);
                break;
            case 2:
                (pieces[at], pieces[^1]) = (pieces[^1], pieces[at]);
                break;
            case 3:
                return text[..^1];
            default:
                return old;
        }

        return string.Concat(pieces.Select(piece => $"{piece};"));
    }

    /// <summary>The specification, over plain texts.</summary>
    public static object? Step(object state, Operation operation) => operation.Function switch
    {
        "get" => operation.Outcome != Outcome.Ok || operation.Output.AsText == (string)state ? state : null,
        "delete" => "",
        "put" => operation.Input.AsText,
        _ => (string)state + operation.Input.AsText,
    };
}
