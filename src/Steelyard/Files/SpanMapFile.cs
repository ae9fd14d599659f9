using Steelyard.Formats.Traces;
using Steelyard.Histories;

namespace Steelyard.Files;

/// <summary>Maps of spans as YAML: <c>kind: spans</c> and a list of rules (docs/traces.md).</summary>
internal static class SpanMapFile
{
    const string Kind = "spans";

    static readonly SpanKind[] Kinds = Enum.GetValues<SpanKind>();

    /// <summary>Reads a map.</summary>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static SpanMap Read(string path) => Of(YamlFile.Read(path, Kind));

    /// <summary>Reads a map from a text; <paramref name="name"/> stands for the file in messages.</summary>
    /// <exception cref="UserMistakeException">Something in it is wrong; the message says where.</exception>
    public static SpanMap Parse(string text, string name) => Of(YamlFile.Parse(text, name, Kind));

    static SpanMap Of(YamlFile file)
    {
        var names = new AttributeNames();
        var rules = file.Root.Need("rules");
        var map = new SpanMap(names, [.. rules.List.Select(rule => Rule(rule, names))])
        {
            DriftPpm = file.Root.Find("drift-ppm")?.RealAboveZero,
            IsSampled = file.Root.Find("sampled")?.Flag ?? false,
        };
        file.Root.Finish();
        return map.Rules.Count > 0 ? map : throw rules.Mistake("at least one rule", "none");
    }

    static SpanRule Rule(YamlValue value, AttributeNames names)
    {
        var map = value.Map;
        var rule = new SpanRule([.. Conditions(map.Need("match"), names)])
        {
            Operation = map.Find("operation") is { } operation ? Operation(operation.Map, names) : null,
            Effect = map.Find("effect") is { } effect ? Effect(effect.Map, names) : null,
        };
        map.Finish();
        return rule.Operation is null == rule.Effect is null
            ? throw map.Mistake("expected \"operation:\" or \"effect:\" in a rule, found "
                + (rule.Effect is null ? "neither" : "both"))
            : rule;
    }

    static IEnumerable<SpanCondition> Conditions(YamlValue match, AttributeNames names)
    {
        foreach (var (key, value) in match.Map.Pairs)
        {
            var field = key.Text switch
            {
                "service" => SpanField.Service,
                "kind" => SpanField.Kind,
                "name" => SpanField.Name,
                _ => SpanField.Attribute,
            };
            if (field == SpanField.Attribute)
                MustBeAttribute(key, ["service", "kind", "name"]);
            var texts = value.IsList ? value.List : [value];
            if (field == SpanField.Kind)
                foreach (var text in texts)
                    text.OneOf([.. Kinds.Select(SpanRuleMatcher.Word)]);
            yield return new(
                field, field == SpanField.Attribute ? names.Number(key.Text) : 0,
                [.. texts.Select(text => text.At(SpanPattern.Of))]);
        }
    }

    // Attributes of one's own have any name; a word without a point is meant as one of ours.
    static void MustBeAttribute(YamlValue key, IEnumerable<string> also)
    {
        List<string> words = [.. also, .. AttributeNames.Words];
        if (!key.Text.Contains('.', StringComparison.Ordinal) && !words.Contains(key.Text)
            && Suggestion.For(key.Text, words) is { Length: > 0 } suggestion)
            throw key.Mistake($"an attribute, or one of {string.Join(", ", words)}",
                $"\"{key.Text}\"{suggestion}");
    }

    static SpanOperation Operation(YamlMap map, AttributeNames names)
    {
        var operation = new SpanOperation(map.Need("function").Text)
        {
            Id = Source(map.Find("id"), names),
            Key = Source(map.Find("key"), names),
            Input = map.Find("input") switch
            {
                null => [],
                { IsList: true } list => [.. list.List.Select(one => Source(one, names)!)],
                var one => [Source(one, names)!],
            },
            Output = Source(map.Find("output"), names),
            Process = Source(map.Find("process"), names),
            Outcomes = new(
                map.Find("outcome") is { } outcome ? Outcomes(outcome.Map) : [],
                Source(map.Find("status"), names)),
        };
        map.Finish();
        return operation;
    }

    static IReadOnlyList<SpanOutcome> Outcomes(YamlMap map)
    {
        var rows = new List<SpanOutcome>();
        foreach (var outcome in new[] { Outcome.Ok, Outcome.Fail, Outcome.Info })
            if (map.Find(outcome.ToString().ToLowerInvariant()) is { } value)
                foreach (var text in value.IsList ? value.Texts : [value.Text])
                    rows.Add(SpanOutcome.Of(outcome, text));
        map.Finish();
        return rows;
    }

    static SpanEffect Effect(YamlMap map, AttributeNames names)
    {
        var effect = new SpanEffect(map.Need("name").Text)
        {
            Id = Source(map.Find("id"), names),
            // Nobody can see it in a span, and the answer depends on it: there is no default.
            CommitsAlone = map.Need("commits").OneOf(["statement", "request"]) == "statement",
        };
        map.Finish();
        return effect;
    }

    static SpanSource? Source(YamlValue? value, AttributeNames names)
    {
        if (value is null)
            return null;
        if (value.IsScalar)
        {
            MustBeAttribute(value, []);
            return new(names.Number(value.Text), Value.Nil, null);
        }

        var map = value.Map;
        var (attribute, constant, capture) = (map.Find("attribute"), map.Find("value"), map.Find("capture"));
        map.Finish();
        if (attribute is null == constant is null)
            throw map.Mistake("expected \"attribute:\" or \"value:\", found "
                + (attribute is null ? "neither" : "both"));
        if (attribute is null)
            return new(-1, SpanSource.Plain(constant!.Text), null);
        MustBeAttribute(attribute, []);
        return new(names.Number(attribute.Text), Value.Nil, capture?.At(SpanPattern.CaptureOf));
    }
}
