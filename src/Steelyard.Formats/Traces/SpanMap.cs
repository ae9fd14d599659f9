using Steelyard.Histories;

namespace Steelyard.Formats.Traces;

/// <summary>
/// How spans become operations: data that people write (docs/traces.md). Of each span the first rule that
/// fits is taken; spans that no rule fits are passed over and counted.
/// </summary>
internal sealed record SpanMap(AttributeNames Names, IReadOnlyList<SpanRule> Rules)
{
    /// <summary>How fast two clocks may drift apart at most, in parts of a million; null takes the usual
    /// bound.</summary>
    public double? DriftPpm { get; init; }

    /// <summary>True where spans were sampled, and the file does not say so.</summary>
    public bool IsSampled { get; init; }
}

/// <summary>One rule: which spans, and what they become. Either an operation or an effect.</summary>
/// <param name="Conditions">What a span must fit, all of them.</param>
internal sealed record SpanRule(IReadOnlyList<SpanCondition> Conditions)
{
    /// <summary>The operation; null for an effect.</summary>
    public SpanOperation? Operation { get; init; }

    /// <summary>The effect; null for an operation.</summary>
    public SpanEffect? Effect { get; init; }
}

/// <summary>What a condition looks at.</summary>
internal enum SpanField : byte
{
    /// <summary>The service that recorded the span.</summary>
    Service,

    /// <summary>Its kind.</summary>
    Kind,

    /// <summary>Its name.</summary>
    Name,

    /// <summary>An attribute of it, or of its resource.</summary>
    Attribute,
}

/// <summary>Something that must be so of a span.</summary>
/// <param name="Field">What is looked at.</param>
/// <param name="Attribute">The attribute's number; nothing otherwise.</param>
/// <param name="Patterns">What it may be, any of them.</param>
internal sealed record SpanCondition(SpanField Field, int Attribute, IReadOnlyList<SpanPattern> Patterns)
{
    /// <summary>Whether a text is one of them.</summary>
    public bool Fits(string text)
    {
        foreach (var pattern in Patterns)
            if (pattern.Fits(text))
                return true;
        return false;
    }
}

/// <summary>An operation, and where its parts stand in a span.</summary>
internal sealed record SpanOperation(string Function)
{
    /// <summary>Its idempotency key, which becomes the argument's <c>id</c>; null has none.</summary>
    public SpanSource? Id { get; init; }

    /// <summary>What it is asked of; null is nothing.</summary>
    public SpanSource? Key { get; init; }

    /// <summary>The argument: one source, or several for a list; empty is none.</summary>
    public IReadOnlyList<SpanSource> Input { get; init; } = [];

    /// <summary>The answer; null is none.</summary>
    public SpanSource? Output { get; init; }

    /// <summary>Who asks: spans of one process are one after another; null makes each a process of its
    /// own.</summary>
    public SpanSource? Process { get; init; }

    /// <summary>How it ended.</summary>
    public SpanOutcomes Outcomes { get; init; } = SpanOutcomes.Usual;
}

/// <summary>An effect of an operation: something that must happen once, and that a span shows.</summary>
/// <param name="Name">What is done: <c>charge</c>.</param>
internal sealed record SpanEffect(string Name)
{
    /// <summary>Whose effect it is; null takes the id of the nearest operation above it in its
    /// trace.</summary>
    public SpanSource? Id { get; init; }

    /// <summary>True where the statement commits by itself; false where the request around it does, at its
    /// end.</summary>
    public bool CommitsAlone { get; init; }
}

/// <summary>Where a value stands in a span.</summary>
/// <param name="Attribute">The attribute's number, or -1 for a constant.</param>
/// <param name="Constant">The constant.</param>
/// <param name="Capture">What is taken of it: the first group; null takes all.</param>
internal sealed record SpanSource(int Attribute, Value Constant, SpanPattern? Capture)
{
    /// <summary>The value in a span; nil where it has none.</summary>
    public Value Of(SpanTable spans, int span)
    {
        if (Attribute < 0)
            return Constant;
        var value = spans.Attribute(span, Attribute);
        // Headers are lists; one value stands for itself.
        if (value is { Kind: ValueKind.List, AsList: [var only] })
            value = only;
        if (Capture is not null)
            value = value.IsNil ? value : Capture.Captured(AsText(value));
        return Plain(value);
    }

    /// <summary>A value as text.</summary>
    public static string AsText(Value value) =>
        value.Kind == ValueKind.Text ? value.AsText : value.ToString();

    /// <summary>A text that is a whole number becomes one, since attributes of one meaning are texts here and
    /// numbers there.</summary>
    public static Value Plain(Value value) =>
        value.Kind == ValueKind.Text && long.TryParse(
            value.AsText, System.Globalization.NumberStyles.AllowLeadingSign,
            System.Globalization.CultureInfo.InvariantCulture, out var number)
            && value.AsText.Length == ((Value)number).ToString().Length
            ? number : value;
}
