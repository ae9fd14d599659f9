using Steelyard.Histories;

namespace Steelyard.Analysis.Shapes;

/// <summary>What the payloads of a function must look like.</summary>
/// <param name="Function">The function.</param>
/// <param name="Input">What it is invoked with, whatever its outcome.</param>
/// <param name="Output">What an Ok returns.</param>
internal sealed record FunctionShape(string Function, PayloadShape Input, PayloadShape Output);

/// <summary>
/// What a judge can read: the payloads of the functions it knows. They are looked at before it runs, so that
/// it may take them for what they are, and a recording of something else is refused with its place.
/// </summary>
internal sealed class OperationShapes(params IReadOnlyList<FunctionShape> shapes)
{
    const int LongestFound = 80;

    /// <summary>Any payload will do.</summary>
    public static OperationShapes None { get; } = new();

    /// <summary>The mistake of an operation that holds something else than it should.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="isCompletion">Whether it is in its completion.</param>
    /// <param name="what">What was expected and what was found.</param>
    public static UserMistakeException Mistake(Operation operation, bool isCompletion, string what) =>
        new($"operation {operation.RecordedIndex}: {what}")
        {
            Position = isCompletion && operation.Outcome != Outcome.Open
                ? operation.CompletedAt : operation.InvokedAt,
        };

    /// <summary>Looks at every operation.</summary>
    /// <exception cref="UserMistakeException">One has another shape.</exception>
    public void MustFit(History history)
    {
        // Steps of transactions have their one shape by construction.
        if (shapes.Count == 0 || history.Steps is not null)
            return;
        foreach (var operation in history.Operations)
            if (Of(operation.Function) is { } shape)
                MustFit(operation, shape);
    }

    /// <summary>Whether every operation looks as it must.</summary>
    public bool Fit(History history)
    {
        foreach (var operation in history.Operations)
            if (Of(operation.Function) is { } shape && (shape.Input.Fits?.Invoke(operation.Input) == false
                || (operation.Outcome == Outcome.Ok && shape.Output.Fits?.Invoke(operation.Output) == false)))
                return false;
        return true;
    }

    /// <summary>A text that fits a message.</summary>
    public static string Shortened(string text) =>
        text.Length <= LongestFound ? text : text[..LongestFound] + "…";

    FunctionShape? Of(string function)
    {
        foreach (var shape in shapes)
            if (shape.Function == function)
                return shape;
        return null;
    }

    static void MustFit(Operation operation, FunctionShape shape)
    {
        if (shape.Input.Fits is { } input && !input(operation.Input))
            throw Mistake(operation, isCompletion: false, Told(shape, shape.Input, operation.Input));
        if (operation.Outcome == Outcome.Ok && shape.Output.Fits is { } output && !output(operation.Output))
            throw Mistake(
                operation, isCompletion: true, Told(shape, shape.Output, operation.Output) + " returned");
    }

    static string Told(FunctionShape shape, PayloadShape wanted, Value found) =>
        $"expected {shape.Function} {wanted.Words}, found {Shortened(found.ToString())}";
}
