-- Procedures (议事程序) and the templates that alliances wrote.

CREATE TABLE IF NOT EXISTS procedure_template (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  body MEDIUMBLOB NOT NULL COMMENT 'ProcedureTemplate; one that ships with the program is not here until it is changed',
  PRIMARY KEY (alliance_id, id)
) ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS procedure_run (
  alliance_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  version BIGINT NOT NULL,
  state INT NOT NULL COMMENT 'jinhuan.meeting.v1.Procedure.State',
  body MEDIUMBLOB NOT NULL COMMENT 'Procedure; state prevails',
  PRIMARY KEY (alliance_id, id),
  KEY procedure_by_state (alliance_id, state, id)
) ENGINE=InnoDB;
