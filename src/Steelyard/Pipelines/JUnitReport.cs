using System.Globalization;
using System.Text;
using System.Xml;
using Steelyard.Histories;

namespace Steelyard.Pipelines;

/// <summary>What was judged as JUnit's XML, which pipelines list as tests: what is broken is a failure, what
/// is undecided an error.</summary>
internal static class JUnitReport
{
    /// <summary>Writes it.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="suites">What was judged.</param>
    /// <param name="elapsed">How long that took.</param>
    public static void Write(Stream stream, IReadOnlyList<PipelineSuite> suites, TimeSpan elapsed)
    {
        using var xml = XmlWriter.Create(
            stream, new() { Indent = true, CloseOutput = false, Encoding = new UTF8Encoding(false) });
        xml.WriteStartElement("testsuites");
        xml.WriteAttributeString("name", "steelyard");
        WriteCounts(xml, [.. suites.SelectMany(suite => suite.Cases)]);
        WriteTime(xml, elapsed);
        foreach (var suite in suites)
            Write(xml, suite);
        xml.WriteEndElement();
    }

    static void Write(XmlWriter xml, PipelineSuite suite)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(suite.Name));
        WriteCounts(xml, suite.Cases);
        foreach (var one in suite.Cases)
            Write(xml, suite, one);
        if (suite.Notes.Count > 0)
            xml.WriteElementString("system-out", Clean(string.Join('\n', suite.Notes)));
        xml.WriteEndElement();
    }

    static void Write(XmlWriter xml, PipelineSuite suite, PipelineCase one)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(suite.Name));
        xml.WriteAttributeString("name", Clean(one.Name));
        if (one.Validity != Validity.Valid)
        {
            xml.WriteStartElement(one.Validity == Validity.Invalid ? "failure" : "error");
            xml.WriteAttributeString("type", Clean(one.Rule));
            xml.WriteAttributeString("message", Clean(one.Told));
            xml.WriteString(Clean(string.Join('\n', Lines(suite, one))));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    static IEnumerable<string> Lines(PipelineSuite suite, PipelineCase one)
    {
        if (one.Sentence is { } sentence)
            yield return sentence;
        foreach (var detail in one.Details)
            yield return detail;
        if ((one.Repeat ?? suite.Repeat) is { } repeat)
            yield return $"repeat: {repeat}";
        if (suite.File is { } file)
            yield return file;
    }

    static void WriteCounts(XmlWriter xml, IReadOnlyList<PipelineCase> cases)
    {
        WriteCount("tests", cases.Count);
        WriteCount("failures", cases.Count(one => one.Validity == Validity.Invalid));
        WriteCount("errors", cases.Count(one => one.Validity == Validity.Unknown));

        void WriteCount(string name, int count) =>
            xml.WriteAttributeString(name, count.ToString(CultureInfo.InvariantCulture));
    }

    static void WriteTime(XmlWriter xml, TimeSpan elapsed) => xml.WriteAttributeString(
        "time", elapsed.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture));

    // Values of a recording may hold what XML cannot (XML 1.0, section 2.2).
    static string Clean(string text) => string.Concat(text.Select(
        letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter) ? letter : '\uFFFD'));
}
